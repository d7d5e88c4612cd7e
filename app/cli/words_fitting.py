"""What of a post does not fit, and what mending it says, by its keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "post.misfit.title_missing": (
        "{name} wants a title. Write one.",
        "{name} veut un titre. Écrivez-en un.",
    ),
    "post.misfit.title_long": (
        "The title is too long for {name}: {count} of {most}.",
        "Le titre est trop long pour {name} : {count} sur {most}.",
    ),
    "post.misfit.title_signs": (
        "{name} does not take these signs in a title: {signs}.",
        "{name} n'accepte pas ces signes dans un titre : {signs}.",
    ),
    "post.misfit.description_long": (
        "The description is too long for {name}: {count} of {most}.",
        "La description est trop longue pour {name} : {count} sur {most}.",
    ),
    "post.misfit.description_signs": (
        "{name} does not take these signs in a description: {signs}.",
        "{name} n'accepte pas ces signes dans une description : {signs}.",
    ),
    "post.misfit.text_long": (
        "Title and description together are too long for {name}: {count} of {most}.",
        "Le titre et la description ensemble sont trop longs pour {name} : {count} sur {most}.",
    ),
    "post.misfit.hashtags": (
        "{name} takes {most} hashtags at most; here are {count}.",
        "{name} accepte {most} mots-dièse au plus ; il y en a {count}.",
    ),
    "post.misfit.mentions": (
        "{name} takes {most} mentions at most.",
        "{name} accepte {most} mentions au plus.",
    ),
    "post.misfit.tags": (
        "The tags are too long for {name}: {count} of {most}.",
        "Les mots-clés sont trop longs pour {name} : {count} sur {most}.",
    ),
    "post.misfit.tag_signs": (
        "{name} does not take these signs in tags: {signs}.",
        "{name} n'accepte pas ces signes dans les mots-clés : {signs}.",
    ),
    "post.misfit.video_missing": (
        "{name} takes nothing without a video. Choose one.",
        "{name} n'accepte rien sans vidéo. Choisissez-en une.",
    ),
    "post.misfit.video_unreadable": (
        "The video cannot be read. Choose another file.",
        "La vidéo est illisible. Choisissez un autre fichier.",
    ),
    "post.misfit.video_no_picture": (
        "There is no picture in this file, and {name} wants one.",
        "Ce fichier n'a pas d'image, et {name} en veut une.",
    ),
    "post.misfit.video_large": (
        "The video is larger than {most} MB, the most {name} takes.",
        "La vidéo dépasse {most} Mo, le maximum de {name}.",
    ),
    "post.misfit.video_small": (
        "The video is smaller than {least} kB, the least {name} takes.",
        "La vidéo fait moins de {least} ko, le minimum de {name}.",
    ),
    "post.misfit.video_long": (
        "The video lasts {has}; {name} takes {most} at most. Shorten it.",
        "La vidéo dure {has} ; {name} accepte {most} au plus. Raccourcissez-la.",
    ),
    "post.misfit.video_short": (
        "The video is shorter than {least} s, the least {name} takes.",
        "La vidéo dure moins de {least} s, le minimum de {name}.",
    ),
    "post.misfit.video_bits": (
        "The video has more than {most} Mbit/s, the most {name} takes.",
        "La vidéo dépasse {most} Mbit/s, le maximum de {name}.",
    ),
    "post.misfit.video_container": (
        "{name} does not take files of this kind ({form}).",
        "{name} n'accepte pas les fichiers de ce type ({form}).",
    ),
    "post.misfit.video_start": (
        "The video would begin late at {name}: its index stands at the end.",
        "La vidéo démarrerait tard chez {name} : son index est à la fin.",
    ),
    "post.misfit.video_codec": (
        "{name} does not take pictures coded as {form}.",
        "{name} n'accepte pas les images codées en {form}.",
    ),
    "post.misfit.video_sound": (
        "{name} does not take sound coded as {form}.",
        "{name} n'accepte pas le son codé en {form}.",
    ),
    "post.misfit.video_samples": (
        "The sound has more than {most} kHz, the most {name} takes.",
        "Le son dépasse {most} kHz, le maximum de {name}.",
    ),
    "post.misfit.video_colours": (
        "{name} takes plain colours only: no HDR, 8 bits.",
        "{name} n'accepte que des couleurs ordinaires : sans HDR, sur 8 bits.",
    ),
    "post.misfit.video_shape": (
        "{name} does not take a picture of this shape ({width} × {height}).",
        "{name} n'accepte pas une image de cette forme ({width} × {height}).",
    ),
    "post.misfit.video_narrow": (
        "The picture is smaller than {least} pixels, the least {name} takes.",
        "L'image fait moins de {least} pixels, le minimum de {name}.",
    ),
    "post.misfit.video_wide": (
        "The picture is larger than {name} takes ({width} × {height}).",
        "L'image est plus grande que ce que {name} accepte ({width} × {height}).",
    ),
    "post.misfit.video_frames": (
        "{name} does not take {count} frames a second.",
        "{name} n'accepte pas {count} images par seconde.",
    ),
    "post.misfit.picture_missing": (
        "{name} wants a thumbnail. One can be taken from the video.",
        "{name} veut une vignette. Elle peut être tirée de la vidéo.",
    ),
    "post.misfit.picture_unused": (
        "{name} takes no thumbnail; this one is left out.",
        "{name} n'accepte pas de vignette ; celle-ci est laissée de côté.",
    ),
    "post.misfit.picture_unreadable": (
        "The thumbnail is no picture that can be read. Choose another one.",
        "La vignette n'est pas une image lisible. Choisissez-en une autre.",
    ),
    "post.misfit.picture_form": (
        "{name} does not take thumbnails of this kind ({form}).",
        "{name} n'accepte pas les vignettes de ce type ({form}).",
    ),
    "post.misfit.picture_large": (
        "The thumbnail is larger than {most} kB, the most {name} takes.",
        "La vignette dépasse {most} ko, le maximum de {name}.",
    ),
    "post.misfit.picture_wide": (
        "The thumbnail is larger than {most} pixels, the most {name} takes.",
        "La vignette dépasse {most} pixels, le maximum de {name}.",
    ),
    "post.misfit.picture_narrow": (
        "The thumbnail is narrower than {least} pixels and will look coarse at {name}.",
        "La vignette fait moins de {least} pixels de large et paraîtra grossière chez {name}.",
    ),
    "post.misfit.captions_unused": (
        "{name} takes no captions; they are left out.",
        "{name} n'accepte pas de sous-titres ; ils sont laissés de côté.",
    ),
    "post.misfit.captions_form": (
        "{name} does not take captions of this kind ({form}).",
        "{name} n'accepte pas les sous-titres de ce type ({form}).",
    ),
    "post.misfit.privacy": (
        "{name} cannot show a post to those you chose. Choose others.",
        "{name} ne peut pas montrer une publication au public choisi. Choisissez-en un autre.",
    ),
    "post.misfit.drafts": (
        "{name} has no drafts of its own.",
        "{name} n'a pas de brouillons à lui.",
    ),
    "post.misfit.synthetic": (
        "{name} has no mark for what was made with a model. Say it in the description.",
        "{name} n'a pas de mention pour ce qui est fait avec un modèle. Dites-le dans la "
        "description.",
    ),
    "post.misfit.children": (
        "{name} has no mark for videos made for children.",
        "{name} n'a pas de mention pour les vidéos destinées aux enfants.",
    ),
    "post.misfit.choice": (
        "{name} wants to know one thing more: {choice}.",
        "{name} veut savoir encore une chose : {choice}.",
    ),
}
