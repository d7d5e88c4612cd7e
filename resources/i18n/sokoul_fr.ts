<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_US">
<context>
    <name>BottomBar</name>
    <message>
        <source>Position in the film</source>
        <translation>Position dans le film</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Back {0} seconds</source>
        <translation>Reculer de {0} secondes</translation>
    </message>
    <message>
        <source>Forward {0} seconds</source>
        <translation>Avancer de {0} secondes</translation>
    </message>
    <message>
        <source>Next episode</source>
        <translation>Épisode suivant</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Chapitres</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Sound tracks</source>
        <translation>Pistes audio</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>Quitter le plein écran</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Home</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>Subtitles</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Chapitres</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>Comme dans le fichier</translation>
    </message>
    <message>
        <source>Fill the screen</source>
        <translation>Remplir l’écran</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>Ajouter un fichier…</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Décalage</translation>
    </message>
    <message>
        <source>Sooner</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>This film has no sound</source>
        <translation>Ce film n’a pas de son</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normale</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>Son coupé</translation>
    </message>
    <message>
        <source>Chapter {0}</source>
        <translation>Chapitre {0}</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>Enregistrer une image</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Marquer comme vu</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>{folder} has been read: {count} files</source>
        <translation>{folder} a été parcouru : {count} fichiers</translation>
    </message>
    <message>
        <source>{folder} is away. Its items are kept and come back with it.</source>
        <translation>{folder} est absent. Ses éléments sont conservés et reviendront avec lui.</translation>
    </message>
    <message>
        <source>{folder} is back.</source>
        <translation>{folder} est de retour.</translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>Depuis le début</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Marquer comme vu</translation>
    </message>
    <message>
        <source>The whole series</source>
        <translation>Toute la série</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>This is not here any more</source>
        <translation>Ce contenu n’est plus là</translation>
    </message>
    <message>
        <source>To the library</source>
        <translation>Vers la bibliothèque</translation>
    </message>
    <message>
        <source>Its disk is away. Everything known about it is kept and comes back.</source>
        <translation>Son disque est absent. Tout ce que l’on en sait est conservé et reviendra.</translation>
    </message>
    <message>
        <source>★ {0}</source>
        <translation>★ {0}</translation>
    </message>
    <message>
        <source>watched</source>
        <translation>vu</translation>
    </message>
    <message>
        <source>Resume at {0}</source>
        <translation>Reprendre à {0}</translation>
    </message>
    <message>
        <source>Mark as not watched</source>
        <translation>Marquer comme non vu</translation>
    </message>
    <message>
        <source>This cannot be shown now</source>
        <translation>Impossible d’afficher ceci pour l’instant</translation>
    </message>
    <message>
        <source>Your files are untouched.</source>
        <translation>Vos fichiers sont intacts.</translation>
    </message>
</context>
<context>
    <name>EmptyPlayer</name>
    <message>
        <source>Nothing is playing</source>
        <translation>Aucune lecture en cours</translation>
    </message>
    <message>
        <source>Choose a film in the library. It starts where you stopped.</source>
        <translation>Choisissez un film dans la bibliothèque. Il reprend là où vous vous étiez arrêté.</translation>
    </message>
    <message>
        <source>Open the library</source>
        <translation>Ouvrir la bibliothèque</translation>
    </message>
    <message>
        <source>Continue watching</source>
        <translation>Reprendre la lecture</translation>
    </message>
</context>
<context>
    <name>EpisodeList</name>
    <message>
        <source>all watched</source>
        <translation>tous vus</translation>
    </message>
    <message>
        <source>{0} of {1} watched</source>
        <translation>{0} sur {1} vus</translation>
    </message>
    <message>
        <source>Specials</source>
        <translation>Épisodes spéciaux</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Épisodes</translation>
    </message>
    <message>
        <source>Season {0}</source>
        <translation>Saison {0}</translation>
    </message>
</context>
<context>
    <name>EpisodeRow</name>
    <message>
        <source>watched</source>
        <translation>vu</translation>
    </message>
    <message>
        <source>its disk is away</source>
        <translation>son disque est absent</translation>
    </message>
    <message>
        <source>Mark as not watched</source>
        <translation>Marquer comme non vu</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Marquer comme vu</translation>
    </message>
</context>
<context>
    <name>Equipment</name>
    <message>
        <source>All commands</source>
        <translation>Toutes les commandes</translation>
    </message>
    <message>
        <source>Search this page</source>
        <translation>Chercher dans cette page</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Quit Sokoul</source>
        <translation>Quitter Sokoul</translation>
    </message>
</context>
<context>
    <name>FailedPlayer</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>{0} does not play</source>
        <translation>{0} ne se lit pas</translation>
    </message>
    <message>
        <source>This does not play</source>
        <translation>Lecture impossible</translation>
    </message>
    <message>
        <source>The place where you stopped is kept, and the file was not touched.</source>
        <translation>L’endroit où vous vous êtes arrêté est conservé, et le fichier n’a pas été touché.</translation>
    </message>
</context>
<context>
    <name>FileRow</name>
    <message>
        <source>Its disk is away. Nothing is lost.</source>
        <translation>Son disque est absent. Rien n’est perdu.</translation>
    </message>
    <message>
        <source>Play {0}</source>
        <translation>Lire {0}</translation>
    </message>
    <message>
        <source>{0} Mbit/s</source>
        <translation>{0} Mbit/s</translation>
    </message>
    <message>
        <source>Sound: {0}</source>
        <translation>Son : {0}</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>forcés</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) beside it</source>
        <translation>
            <numerusform>%n fichier à côté</numerusform>
            <numerusform>%n fichiers à côté</numerusform>
        </translation>
    </message>
    <message>
        <source>Subtitles: {0}</source>
        <translation>Sous-titres : {0}</translation>
    </message>
    <message>
        <source>unknown language</source>
        <translation>langue inconnue</translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n chapitre</numerusform>
            <numerusform>%n chapitres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>Films</source>
        <translation>Films</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Séries</translation>
    </message>
    <message>
        <source>My videos</source>
        <translation>Mes vidéos</translation>
    </message>
    <message>
        <source>Unwatched</source>
        <translation>Non vus</translation>
    </message>
    <message>
        <source>Decade</source>
        <translation>Décennie</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Ajoutés récemment</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Recently watched</source>
        <translation>Vus récemment</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Any decade</source>
        <translation>Toutes les décennies</translation>
    </message>
    <message>
        <source>{0}s</source>
        <translation>Années {0}</translation>
    </message>
    <message>
        <source>Any quality</source>
        <translation>Toutes les qualités</translation>
    </message>
</context>
<context>
    <name>FolderPicker</name>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>The folder above</source>
        <translation>Dossier parent</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Chemin</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Emplacements</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Choose this folder</source>
        <translation>Choisir ce dossier</translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation>Dossier personnel</translation>
    </message>
    <message>
        <source>This folder cannot be read: {reason}</source>
        <translation>Ce dossier est illisible : {reason}</translation>
    </message>
    <message>
        <source>There are no folders inside this one.</source>
        <translation>Ce dossier ne contient aucun dossier.</translation>
    </message>
    <message>
        <source>Enter opens a folder. Right goes to the button.</source>
        <translation>Entrée ouvre un dossier. La flèche droite mène au bouton.</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Here</source>
        <translation>Présent</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>Parcourir</translation>
    </message>
    <message>
        <source>Scan {name}</source>
        <translation>Parcourir {name}</translation>
    </message>
    <message>
        <source>More for {name}</source>
        <translation>Plus pour {name}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n élément</numerusform>
            <numerusform>%n éléments</numerusform>
        </translation>
    </message>
    <message>
        <source>{since} Its {items} are kept and come back with it.</source>
        <translation>{since} Ses {items} sont conservés et reviendront avec lui.</translation>
    </message>
    <message>
        <source>watched for changes</source>
        <translation>surveillé en continu</translation>
    </message>
    <message>
        <source>Unplugged.</source>
        <translation>Débranché.</translation>
    </message>
    <message>
        <source>Unplugged since {time}.</source>
        <translation>Débranché depuis {time}.</translation>
    </message>
    <message>
        <source>Unplugged since {day}.</source>
        <translation>Débranché depuis {day}.</translation>
    </message>
    <message>
        <source>Waiting for another scan to end</source>
        <translation>En attente de la fin d’une autre analyse</translation>
    </message>
    <message>
        <source>Reading names: {figures}</source>
        <translation>Lecture des noms : {figures}</translation>
    </message>
    <message>
        <source>Looking into the files: {figures}</source>
        <translation>Examen des fichiers : {figures}</translation>
    </message>
    <message>
        <source>Making pictures: {figures}</source>
        <translation>Création des images : {figures}</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>Retirer de la bibliothèque</translation>
    </message>
</context>
<context>
    <name>FoldersCard</name>
    <message>
        <source>Looking at your folders…</source>
        <translation>Lecture de vos dossiers…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Your folders cannot be read now</source>
        <translation>Vos dossiers sont illisibles pour l’instant</translation>
    </message>
    <message>
        <source>No folder yet</source>
        <translation>Aucun dossier pour l’instant</translation>
    </message>
    <message>
        <source>Add the folder your films live in. Nothing is moved or changed.</source>
        <translation>Ajoutez le dossier où se trouvent vos films. Rien n’est déplacé ni modifié.</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
</context>
<context>
    <name>Hero</name>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Its disk is away</source>
        <translation>Son disque est absent</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Continue watching</source>
        <translation>Reprendre la lecture</translation>
    </message>
    <message>
        <source>Next up</source>
        <translation>À suivre</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Ajoutés récemment</translation>
    </message>
    <message>
        <source>Nothing to watch yet</source>
        <translation>Rien à regarder pour l’instant</translation>
    </message>
    <message>
        <source>Show the station where your films are. They appear here while it reads them.</source>
        <translation>Indiquez où se trouvent vos films. Ils apparaissent ici pendant la lecture du dossier.</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>This cannot be shown now</source>
        <translation>Impossible d’afficher ceci pour l’instant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Take off this shelf</source>
        <translation>Retirer de cette étagère</translation>
    </message>
    <message>
        <source>{title} was taken off. Where you were is kept.</source>
        <translation>{title} a été retiré. L’endroit où vous en étiez est conservé.</translation>
    </message>
    <message>
        <source>Your files are untouched.</source>
        <translation>Vos fichiers sont intacts.</translation>
    </message>
</context>
<context>
    <name>ItemList</name>
    <message>
        <source>Items</source>
        <translation>Éléments</translation>
    </message>
    <message>
        <source>Disk away</source>
        <translation>Disque absent</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Vu</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>Arabe</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>Tchèque</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>Danois</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Allemand</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Grec</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Anglais</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Espagnol</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>Finnois</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>Hébreu</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>Hindi</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>Hongrois</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Indonésien</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italien</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japonais</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Coréen</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Néerlandais</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>Norvégien</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Polonais</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugais</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>Roumain</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russe</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>Suédois</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>Thaï</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Turc</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>Ukrainien</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>Vietnamien</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinois</translation>
    </message>
</context>
<context>
    <name>LibraryHeader</name>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Find in the library</source>
        <translation>Chercher dans la bibliothèque</translation>
    </message>
    <message>
        <source>Show as posters</source>
        <translation>Afficher en affiches</translation>
    </message>
    <message>
        <source>Show as a list</source>
        <translation>Afficher en liste</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message numerus="yes">
        <source>%n film(s)</source>
        <translation>
            <numerusform>%n film</numerusform>
            <numerusform>%n films</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n série</numerusform>
            <numerusform>%n séries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n vidéo</numerusform>
            <numerusform>%n vidéos</numerusform>
        </translation>
    </message>
    <message>
        <source>{free} free of {total}</source>
        <translation>{free} libres sur {total}</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Show me your films</source>
        <translation>Montrez-moi vos films</translation>
    </message>
    <message>
        <source>Choose the folder they live in. Nothing is moved or changed; new files appear here by themselves.</source>
        <translation>Choisissez le dossier où ils se trouvent. Rien n’est déplacé ni modifié ; les nouveaux fichiers apparaissent ici d’eux-mêmes.</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>Nothing like that here</source>
        <translation>Rien de tel ici</translation>
    </message>
    <message>
        <source>No item fits the search and the filters. Everything is still there.</source>
        <translation>Aucun élément ne correspond à la recherche et aux filtres. Tout est toujours là.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>The library cannot be read now</source>
        <translation>La bibliothèque est illisible pour l’instant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No series yet</source>
        <translation>Aucune série pour l’instant</translation>
    </message>
    <message>
        <source>No videos of your own yet</source>
        <translation>Aucune vidéo personnelle pour l’instant</translation>
    </message>
    <message>
        <source>No films yet</source>
        <translation>Aucun film pour l’instant</translation>
    </message>
    <message>
        <source>New files in your folders appear here by themselves.</source>
        <translation>Les nouveaux fichiers de vos dossiers apparaissent ici d’eux-mêmes.</translation>
    </message>
    <message>
        <source>Found on this machine: {folder} ({size} of video)</source>
        <translation>Trouvé sur cette machine : {folder} ({size} de vidéo)</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>Ajouter celui-ci</translation>
    </message>
    <message>
        <source>{folder} was added. Its films appear while it is read.</source>
        <translation>{folder} a été ajouté. Ses films apparaissent au fil de la lecture.</translation>
    </message>
    <message>
        <source>Your files are untouched.</source>
        <translation>Vos fichiers sont intacts.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Mark as not watched</source>
        <translation>Marquer comme non vu</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Marquer comme vu</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>{host} is an address of your own network. Only addresses on the internet are allowed here.</source>
        <translation>{host} est une adresse de votre propre réseau. Seules les adresses d’internet sont permises ici.</translation>
    </message>
    <message>
        <source>Sokoul is already running (process {process}).</source>
        <translation>Sokoul est déjà ouvert (processus {process}).</translation>
    </message>
    <message>
        <source>{url} sent far more than expected. Nothing of it was kept.</source>
        <translation>{url} a envoyé bien plus que prévu. Rien n’en a été conservé.</translation>
    </message>
    <message>
        <source>{url} answered something that cannot be understood. Try again later.</source>
        <translation>La réponse de {url} est incompréhensible. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>“{name}” cannot be used like this.</source>
        <translation>« {name} » ne s’utilise pas ainsi.</translation>
    </message>
    <message>
        <source>This point does not exist in the film.</source>
        <translation>Ce moment n’existe pas dans le film.</translation>
    </message>
    <message>
        <source>The request could not be understood.</source>
        <translation>La demande n’a pas été comprise.</translation>
    </message>
    <message>
        <source>“{cron}” is not a schedule. An example is “0 4 * * *”, every day at four.</source>
        <translation>« {cron} » n’est pas un horaire. Par exemple « 0 4 * * * » : chaque jour à quatre heures.</translation>
    </message>
    <message>
        <source>This did not work. The log tells more.</source>
        <translation>Cela n’a pas fonctionné. Le journal en dit plus.</translation>
    </message>
    <message>
        <source>The database of the station is damaged. It was left untouched: run “sokoul doctor” to see the way out.</source>
        <translation>La base de données de la station est endommagée. Elle n’a pas été touchée : lancez « sokoul doctor » pour voir que faire.</translation>
    </message>
    <message>
        <source>{path} is not a database of Sokoul. It was left untouched.</source>
        <translation>{path} n’est pas une base de données de Sokoul. Elle n’a pas été touchée.</translation>
    </message>
    <message>
        <source>The database was written by a newer Sokoul. Update Sokoul to open it.</source>
        <translation>La base de données vient d’une version plus récente de Sokoul. Mettez Sokoul à jour pour l’ouvrir.</translation>
    </message>
    <message>
        <source>{name} ends too early: its copy is not complete.</source>
        <translation>{name} s’arrête trop tôt : sa copie est incomplète.</translation>
    </message>
    <message>
        <source>{name} is not there any more. If it is on a disk that was unplugged, plug it in.</source>
        <translation>{name} n’est plus là. S’il se trouve sur un disque débranché, rebranchez-le.</translation>
    </message>
    <message>
        <source>{name} is a list of other files, not a film.</source>
        <translation>{name} est une liste d’autres fichiers, pas un film.</translation>
    </message>
    <message>
        <source>{name} cannot be played. {note}</source>
        <translation>{name} ne peut pas être lu. {note}</translation>
    </message>
    <message>
        <source>{folder}{name} is away: its disk is not plugged in. Its items are kept and come back with it.</source>
        <translation>{folder}{name} est absent : son disque n’est pas branché. Ses éléments sont conservés et reviendront avec lui.</translation>
    </message>
    <message>
        <source>This folder is not in the library any more.</source>
        <translation>Ce dossier n’est plus dans la bibliothèque.</translation>
    </message>
    <message>
        <source>{folder} is in the library already.</source>
        <translation>{folder} est déjà dans la bibliothèque.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Il n’y a pas de dossier {folder}.</translation>
    </message>
    <message>
        <source>{folder} and {other} lie inside one another. One of them is enough.</source>
        <translation>{folder} et {other} sont l’un dans l’autre. Un seul des deux suffit.</translation>
    </message>
    <message>
        <source>{folder} is not the full path of a folder.</source>
        <translation>{folder} n’est pas le chemin complet d’un dossier.</translation>
    </message>
    <message>
        <source>{folder} is a whole system. Choose the folder your films live in.</source>
        <translation>{folder} est un système entier. Choisissez le dossier où se trouvent vos films.</translation>
    </message>
    <message>
        <source>{folder} may not be read. Give yourself the right to read it, then try again.</source>
        <translation>Vous n’avez pas le droit de lire {folder}. Accordez-vous ce droit, puis réessayez.</translation>
    </message>
    <message>
        <source>The folder {path} cannot be used: {reason}.</source>
        <translation>Le dossier {path} est inutilisable : {reason}.</translation>
    </message>
    <message>
        <source>This item is not in the library any more.</source>
        <translation>Cet élément n’est plus dans la bibliothèque.</translation>
    </message>
    <message>
        <source>{name} has no file any more. It comes back by itself when the file does.</source>
        <translation>{name} n’a plus de fichier. Il revient de lui-même avec son fichier.</translation>
    </message>
    <message>
        <source>The work was cancelled.</source>
        <translation>Le travail a été annulé.</translation>
    </message>
    <message>
        <source>The work failed: {detail}</source>
        <translation>Le travail a échoué : {detail}</translation>
    </message>
    <message>
        <source>The same work runs already.</source>
        <translation>Le même travail est déjà en cours.</translation>
    </message>
    <message>
        <source>This work ended the program several times and is not tried again by itself.</source>
        <translation>Ce travail a interrompu le programme plusieurs fois ; il ne sera pas retenté de lui-même.</translation>
    </message>
    <message>
        <source>The work took too long and was stopped.</source>
        <translation>Le travail a duré trop longtemps et a été arrêté.</translation>
    </message>
    <message>
        <source>This work is not known any more.</source>
        <translation>Ce travail n’est plus connu.</translation>
    </message>
    <message>
        <source>Another station works with {path}. Close it first.</source>
        <translation>Une autre station utilise {path}. Fermez-la d’abord.</translation>
    </message>
    <message>
        <source>The station is closing; new work begins at its next start.</source>
        <translation>La station se ferme ; les nouveaux travaux commenceront à la prochaine ouverture.</translation>
    </message>
    <message>
        <source>The engine for long work could not be opened. The log tells more.</source>
        <translation>Le moteur des longs travaux n’a pas pu s’ouvrir. Le journal en dit plus.</translation>
    </message>
    <message>
        <source>The lock {path} cannot be used: {reason}.</source>
        <translation>Le verrou {path} est inutilisable : {reason}.</translation>
    </message>
    <message>
        <source>The description beside the film cannot be read.</source>
        <translation>La description à côté du film est illisible.</translation>
    </message>
    <message>
        <source>No station is running.</source>
        <translation>Aucune station n’est ouverte.</translation>
    </message>
    <message>
        <source>There is no folder {path}.</source>
        <translation>Il n’y a pas de dossier {path}.</translation>
    </message>
    <message>
        <source>There is no step “{step}” in this work.</source>
        <translation>Ce travail n’a pas d’étape « {step} ».</translation>
    </message>
    <message>
        <source>The running station has no window.</source>
        <translation>La station ouverte n’a pas de fenêtre.</translation>
    </message>
    <message>
        <source>This is not a web address. It begins with https://.</source>
        <translation>Ce n’est pas une adresse web. Elle commence par https://.</translation>
    </message>
    <message>
        <source>{path} is not a full path.</source>
        <translation>{path} n’est pas un chemin complet.</translation>
    </message>
    <message>
        <source>The player is missing. Install the package libmpv2, then start Sokoul again.</source>
        <translation>Le lecteur est absent. Installez le paquet libmpv2, puis relancez Sokoul.</translation>
    </message>
    <message>
        <source>The plugin {plugin} cannot do this.</source>
        <translation>L’extension {plugin} ne sait pas faire cela.</translation>
    </message>
    <message>
        <source>The plugin {plugin} failed. The station goes on without it.</source>
        <translation>L’extension {plugin} a échoué. La station continue sans elle.</translation>
    </message>
    <message>
        <source>The plugin {plugin} is switched off. Switch it on in Settings.</source>
        <translation>L’extension {plugin} est désactivée. Activez-la dans les Réglages.</translation>
    </message>
    <message>
        <source>There is no plugin {plugin}.</source>
        <translation>Il n’y a pas d’extension {plugin}.</translation>
    </message>
    <message>
        <source>The plugin {plugin} cannot be used. Settings tells why.</source>
        <translation>L’extension {plugin} est inutilisable. Les Réglages en donnent la raison.</translation>
    </message>
    <message>
        <source>The request took too long to arrive.</source>
        <translation>La demande a mis trop de temps à arriver.</translation>
    </message>
    <message>
        <source>The file that keeps your passwords is damaged ({path}). Enter them again in Settings.</source>
        <translation>Le fichier de vos mots de passe est endommagé ({path}). Saisissez-les de nouveau dans les Réglages.</translation>
    </message>
    <message>
        <source>The key to your passwords is gone ({path}). Enter them again in Settings.</source>
        <translation>La clé de vos mots de passe a disparu ({path}). Saisissez-les de nouveau dans les Réglages.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it, then try again.</source>
        <translation>Le trousseau est verrouillé. Déverrouillez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>The password could not be kept: {reason}</source>
        <translation>Le mot de passe n’a pas pu être conservé : {reason}</translation>
    </message>
    <message>
        <source>The passwords cannot be read: {reason}</source>
        <translation>Les mots de passe sont illisibles : {reason}</translation>
    </message>
    <message>
        <source>The passwords were kept with another key ({path}). Enter them again in Settings.</source>
        <translation>Les mots de passe ont été conservés avec une autre clé ({path}). Saisissez-les de nouveau dans les Réglages.</translation>
    </message>
    <message>
        <source>{host}{url} asks for a pause. Try again in a while.</source>
        <translation>{host}{url} demande une pause. Réessayez dans un moment.</translation>
    </message>
    <message>
        <source>{url} does not have this.</source>
        <translation>{url} n’a pas cela.</translation>
    </message>
    <message>
        <source>{host} does not answer. Check the connection; it is tried again.</source>
        <translation>{host} ne répond pas. Vérifiez la connexion ; un nouvel essai aura lieu.</translation>
    </message>
    <message>
        <source>{url} refused the request ({status}).</source>
        <translation>{url} a refusé la demande ({status}).</translation>
    </message>
    <message>
        <source>{url} wants you to sign in. Enter your account in Settings.</source>
        <translation>{url} demande une connexion. Saisissez votre compte dans les Réglages.</translation>
    </message>
    <message>
        <source>This setting needs a number.</source>
        <translation>Ce réglage demande un nombre.</translation>
    </message>
    <message>
        <source>This setting is either on or off.</source>
        <translation>Ce réglage est soit activé, soit désactivé.</translation>
    </message>
    <message>
        <source>“{value}” is not one of the choices.</source>
        <translation>« {value} » ne fait pas partie des choix.</translation>
    </message>
    <message>
        <source>This setting needs text.</source>
        <translation>Ce réglage demande du texte.</translation>
    </message>
    <message>
        <source>Choose a number from {low} to {high}.</source>
        <translation>Choisissez un nombre de {low} à {high}.</translation>
    </message>
    <message>
        <source>This is too long: {most} characters at most.</source>
        <translation>C’est trop long : {most} caractères au plus.</translation>
    </message>
    <message>
        <source>There is no setting “{name}”.</source>
        <translation>Il n’y a pas de réglage « {name} ».</translation>
    </message>
    <message>
        <source>The settings could not be written to {path}. They count until Sokoul is closed.</source>
        <translation>Les réglages n’ont pas pu être écrits dans {path}. Ils valent jusqu’à la fermeture de Sokoul.</translation>
    </message>
    <message>
        <source>This answer belongs to no question.</source>
        <translation>Cette réponse ne correspond à aucune question.</translation>
    </message>
    <message>
        <source>Commands cannot reach the station: {reason}.</source>
        <translation>Les commandes n’atteignent pas la station : {reason}.</translation>
    </message>
    <message>
        <source>A station is starting or not answering (process {process}). Try again in a moment.</source>
        <translation>Une station démarre ou ne répond pas (processus {process}). Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The running station did not answer ({reason}).</source>
        <translation>La station ouverte n’a pas répondu ({reason}).</translation>
    </message>
    <message>
        <source>The step “{step}” failed: {detail}</source>
        <translation>L’étape « {step} » a échoué : {detail}</translation>
    </message>
    <message>
        <source>The step “{step}” took longer than {seconds} s and was stopped.</source>
        <translation>L’étape « {step} » a dépassé {seconds} s et a été arrêtée.</translation>
    </message>
    <message>
        <source>Too many commands at once.</source>
        <translation>Trop de commandes à la fois.</translation>
    </message>
    <message>
        <source>{tool} said far too much and was stopped.</source>
        <translation>{tool} a produit beaucoup trop de texte et a été arrêté.</translation>
    </message>
    <message>
        <source>{tool} failed: {detail}</source>
        <translation>{tool} a échoué : {detail}</translation>
    </message>
    <message>
        <source>{tool} said nothing for {seconds} s and was stopped.</source>
        <translation>{tool} est resté muet pendant {seconds} s et a été arrêté.</translation>
    </message>
    <message>
        <source>{tool} is missing. Run “sokoul doctor” to see how to install it.</source>
        <translation>{tool} est absent. Lancez « sokoul doctor » pour voir comment l’installer.</translation>
    </message>
    <message>
        <source>{tool} took longer than {seconds} s and was stopped.</source>
        <translation>{tool} a dépassé {seconds} s et a été arrêté.</translation>
    </message>
    <message>
        <source>Something went wrong. The log tells what happened.</source>
        <translation>Un problème est survenu. Le journal en donne la cause.</translation>
    </message>
    <message>
        <source>The running station does not know {command}; it may be an older version.</source>
        <translation>La station ouverte ne connaît pas {command} ; elle est peut-être plus ancienne.</translation>
    </message>
    <message>
        <source>This kind of work is not known.</source>
        <translation>Ce genre de travail n’est pas connu.</translation>
    </message>
    <message>
        <source>“{name}” is not a kind of item.</source>
        <translation>« {name} » n’est pas un genre d’élément.</translation>
    </message>
    <message>
        <source>“{name}” is not a time zone.</source>
        <translation>« {name} » n’est pas un fuseau horaire.</translation>
    </message>
    <message>
        <source>The part that looks into files stopped. It is started again; try once more.</source>
        <translation>La partie qui examine les fichiers s’est arrêtée. Elle redémarre ; réessayez.</translation>
    </message>
    <message>
        <source>Its coding is not known here, so it may not play.</source>
        <translation>Son codage est inconnu ici : il pourrait ne pas se lire.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Le fichier est vide.</translation>
    </message>
    <message>
        <source>It is a link to a file that is not there.</source>
        <translation>C’est un lien vers un fichier absent.</translation>
    </message>
    <message>
        <source>It is a link that leads outside of the folder.</source>
        <translation>C’est un lien qui mène hors du dossier.</translation>
    </message>
    <message>
        <source>There is no picture in this file.</source>
        <translation>Ce fichier ne contient pas d’image.</translation>
    </message>
    <message>
        <source>It is not a file that can be read.</source>
        <translation>Ce n’est pas un fichier lisible.</translation>
    </message>
    <message>
        <source>The picture is too large to be opened safely.</source>
        <translation>L’image est trop grande pour être ouverte sans risque.</translation>
    </message>
    <message>
        <source>The picture cannot be read.</source>
        <translation>L’image est illisible.</translation>
    </message>
    <message>
        <source>Looking into it took too long. It is tried again when the file changes.</source>
        <translation>Son examen a duré trop longtemps. Il sera repris quand le fichier changera.</translation>
    </message>
    <message>
        <source>The file cannot be read: it is damaged or not complete.</source>
        <translation>Le fichier est illisible : il est endommagé ou incomplet.</translation>
    </message>
    <message>
        <source>The plugin {plugin} was switched off: {reason}. The station goes on without it.</source>
        <translation>L’extension {plugin} a été désactivée : {reason}. La station continue sans elle.</translation>
    </message>
    <message>
        <source>“{field}” in its manifest is not right.</source>
        <translation>« {field} » n’est pas correct dans son manifeste.</translation>
    </message>
    <message>
        <source>There is another plugin of the same name ({id}).</source>
        <translation>Une autre extension porte le même nom ({id}).</translation>
    </message>
    <message>
        <source>Its folder is a link; put the folder itself there.</source>
        <translation>Son dossier est un lien ; placez-y le dossier lui-même.</translation>
    </message>
    <message>
        <source>“{field}” is missing in its manifest.</source>
        <translation>« {field} » manque dans son manifeste.</translation>
    </message>
    <message>
        <source>There is no manifest or no code in its folder {folder}.</source>
        <translation>Il n’y a pas de manifeste ou pas de code dans son dossier {folder}.</translation>
    </message>
    <message>
        <source>Its manifest is too large.</source>
        <translation>Son manifeste est trop grand.</translation>
    </message>
    <message>
        <source>“{field}” in its manifest is not known.</source>
        <translation>« {field} » est inconnu dans son manifeste.</translation>
    </message>
    <message>
        <source>Its manifest cannot be read: {reason}.</source>
        <translation>Son manifeste est illisible : {reason}.</translation>
    </message>
    <message>
        <source>It was made for another version of Sokoul (it needs {api}, here is {ours}).</source>
        <translation>Elle a été faite pour une autre version de Sokoul (il lui faut {api}, voici {ours}).</translation>
    </message>
    <message>
        <source>It is called {id} but lies in a folder called {folder}.</source>
        <translation>Elle s’appelle {id} mais se trouve dans un dossier nommé {folder}.</translation>
    </message>
    <message>
        <source>It did not answer in time ({detail}).</source>
        <translation>Elle n’a pas répondu à temps ({detail}).</translation>
    </message>
    <message>
        <source>It does not do what its manifest promises ({detail}).</source>
        <translation>Elle ne fait pas ce que promet son manifeste ({detail}).</translation>
    </message>
    <message>
        <source>Its code has no way to be started.</source>
        <translation>Son code n’offre aucun moyen de la démarrer.</translation>
    </message>
    <message>
        <source>It failed ({detail}).</source>
        <translation>Elle a échoué ({detail}).</translation>
    </message>
    <message>
        <source>It gave an answer that cannot be used ({detail}).</source>
        <translation>Elle a donné une réponse inutilisable ({detail}).</translation>
    </message>
    <message>
        <source>The settings file was damaged. It was kept beside, and Sokoul began with its own settings.</source>
        <translation>Le fichier des réglages était endommagé. Il a été mis de côté, et Sokoul a repris ses réglages d’origine.</translation>
    </message>
    <message>
        <source>The settings were written by a newer Sokoul. What is not known here is kept.</source>
        <translation>Les réglages viennent d’une version plus récente de Sokoul. Ce qui est inconnu ici est conservé.</translation>
    </message>
    <message>
        <source>A part of the settings file could not be read.</source>
        <translation>Une partie du fichier des réglages est illisible.</translation>
    </message>
    <message>
        <source>The settings file was damaged. The last good one is used.</source>
        <translation>Le fichier des réglages était endommagé. Le dernier en bon état est utilisé.</translation>
    </message>
    <message>
        <source>The settings in {path} could not be read. Sokoul uses its own for now.</source>
        <translation>Les réglages de {path} sont illisibles. Sokoul utilise les siens pour l’instant.</translation>
    </message>
    <message>
        <source>Some settings could not be used and went back to what is usual: {names}</source>
        <translation>Certains réglages étaient inutilisables et ont repris leur valeur habituelle : {names}</translation>
    </message>
</context>
<context>
    <name>NextCard</name>
    <message>
        <source>Play now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Rester ici</translation>
    </message>
    <message>
        <source>Next: {0}</source>
        <translation>À suivre : {0}</translation>
    </message>
    <message numerus="yes">
        <source>Next episode in %n s</source>
        <translation>
            <numerusform>Épisode suivant dans %n s</numerusform>
            <numerusform>Épisode suivant dans %n s</numerusform>
        </translation>
    </message>
    <message>
        <source>Next episode</source>
        <translation>Épisode suivant</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Outside</name>
    <message>
        <source>Playing {0}</source>
        <translation>Lecture de {0}</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>{page} could not be opened</source>
        <translation>{page} n’a pas pu s’ouvrir</translation>
    </message>
    <message>
        <source>Something in this page is broken. Nothing of yours was lost.</source>
        <translation>Quelque chose ne fonctionne pas dans cette page. Vous n’avez rien perdu.</translation>
    </message>
    <message>
        <source>What happened is written in the log.</source>
        <translation>Le détail est écrit dans le journal.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>All commands</source>
        <translation>Toutes les commandes</translation>
    </message>
    <message>
        <source>Go to a page, run a command, find a film</source>
        <translation>Aller à une page, lancer une commande, trouver un film</translation>
    </message>
    <message>
        <source>Nothing of that name</source>
        <translation>Rien de ce nom</translation>
    </message>
</context>
<context>
    <name>PlayerActions</name>
    <message>
        <source>Sound off</source>
        <translation>Son coupé</translation>
    </message>
    <message>
        <source>No subtitles</source>
        <translation>Aucun sous-titre</translation>
    </message>
    <message>
        <source>This film has no sound</source>
        <translation>Ce film n’a pas de son</translation>
    </message>
    <message>
        <source>Subtitles off</source>
        <translation>Sous-titres désactivés</translation>
    </message>
    <message>
        <source>This film has no chapters</source>
        <translation>Ce film n’a pas de chapitres</translation>
    </message>
    <message>
        <source>Nothing comes after this</source>
        <translation>Rien ne suit</translation>
    </message>
</context>
<context>
    <name>PlayerFiles</name>
    <message>
        <source>Add a subtitle file</source>
        <translation>Ajouter un fichier de sous-titres</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>This subtitle file cannot be used</source>
        <translation>Ce fichier de sous-titres est inutilisable</translation>
    </message>
    <message>
        <source>Picture saved: {0}</source>
        <translation>Image enregistrée : {0}</translation>
    </message>
    <message>
        <source>The picture could not be saved</source>
        <translation>L’image n’a pas pu être enregistrée</translation>
    </message>
</context>
<context>
    <name>PlayerPage</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>{0} is marked as watched</source>
        <translation>{0} est marqué comme vu</translation>
    </message>
</context>
<context>
    <name>PlayerTracks</name>
    <message>
        <source>Track {0}</source>
        <translation>Piste {0}</translation>
    </message>
    <message>
        <source>beside it</source>
        <translation>à côté du fichier</translation>
    </message>
    <message>
        <source>in file, forced</source>
        <translation>dans le fichier, forcés</translation>
    </message>
    <message>
        <source>in file</source>
        <translation>dans le fichier</translation>
    </message>
</context>
<context>
    <name>PluginRow</name>
    <message>
        <source>Yours</source>
        <translation>La vôtre</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Switched off: {why} Switch it on to try again.</source>
        <translation>Désactivée : {why} Réactivez-la pour réessayer.</translation>
    </message>
    <message>
        <source>Cannot be used: {why}</source>
        <translation>Inutilisable : {why}</translation>
    </message>
</context>
<context>
    <name>PluginsCard</name>
    <message>
        <source>Looking at the plugins…</source>
        <translation>Lecture des extensions…</translation>
    </message>
    <message>
        <source>Put a plugin&apos;s folder into the plugins folder of the station.</source>
        <translation>Placez le dossier d’une extension dans le dossier des extensions de la station.</translation>
    </message>
    <message>
        <source>No plugins</source>
        <translation>Aucune extension</translation>
    </message>
    <message>
        <source>Kept. Type to replace it.</source>
        <translation>Conservé. Tapez pour le remplacer.</translation>
    </message>
</context>
<context>
    <name>PosterGrid</name>
    <message>
        <source>Posters</source>
        <translation>Affiches</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Looking into {done} of {total} files of {folder}</source>
        <translation>Examen de {folder} : {done} fichiers sur {total}</translation>
    </message>
    <message>
        <source>Making pictures for {folder}, {done} done</source>
        <translation>Création des images de {folder}, {done} faites</translation>
    </message>
    <message>
        <source>{folder} is next</source>
        <translation>{folder} est le prochain</translation>
    </message>
    <message>
        <source>Reading the names in {folder}, {done} found</source>
        <translation>Lecture des noms de {folder}, {done} trouvés</translation>
    </message>
    <message numerus="yes">
        <source>%n more folder(s) wait</source>
        <translation>
            <numerusform>%n autre dossier attend</numerusform>
            <numerusform>%n autres dossiers attendent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Plugins</source>
        <translation>Extensions</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>Privacy and safety</source>
        <translation>Confidentialité et sécurité</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>Apparence et langue</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>Taille de l’affichage</translation>
    </message>
    <message>
        <source>Larger for a television across the room</source>
        <translation>Plus grand pour un téléviseur à l’autre bout de la pièce</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Of the words in this window</source>
        <translation>Celle des textes de cette fenêtre</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>Animations</translation>
    </message>
    <message>
        <source>Things glide and fade when they change</source>
        <translation>Les éléments glissent et se fondent quand ils changent</translation>
    </message>
    <message>
        <source>Start with</source>
        <translation>Commencer par</translation>
    </message>
    <message>
        <source>The page shown when the station opens</source>
        <translation>La page affichée à l’ouverture de la station</translation>
    </message>
    <message>
        <source>Watch folders for changes</source>
        <translation>Surveiller les dossiers</translation>
    </message>
    <message>
        <source>New films appear by themselves, without a scan</source>
        <translation>Les nouveaux films apparaissent d’eux-mêmes, sans analyse</translation>
    </message>
    <message>
        <source>Pictures from the films</source>
        <translation>Images tirées des films</translation>
    </message>
    <message>
        <source>A film without a poster gets a frame of its own</source>
        <translation>Un film sans affiche reçoit l’une de ses images</translation>
    </message>
    <message>
        <source>Spoken language</source>
        <translation>Langue parlée</translation>
    </message>
    <message>
        <source>Chosen when a film has several sound tracks</source>
        <translation>Choisie quand un film a plusieurs pistes audio</translation>
    </message>
    <message>
        <source>Subtitle language</source>
        <translation>Langue des sous-titres</translation>
    </message>
    <message>
        <source>Chosen when a film has several subtitles</source>
        <translation>Choisie quand un film a plusieurs sous-titres</translation>
    </message>
    <message>
        <source>Start with subtitles</source>
        <translation>Afficher les sous-titres d’emblée</translation>
    </message>
    <message>
        <source>When the film has some in your language</source>
        <translation>Quand le film en a dans votre langue</translation>
    </message>
    <message>
        <source>Subtitle size</source>
        <translation>Taille des sous-titres</translation>
    </message>
    <message>
        <source>Can be changed for one film in the player too</source>
        <translation>Se change aussi pour un seul film, dans le lecteur</translation>
    </message>
    <message>
        <source>Decode with the graphics chip</source>
        <translation>Décoder avec la puce graphique</translation>
    </message>
    <message>
        <source>Switch it off if the picture is torn or green</source>
        <translation>À désactiver si l’image est déchirée ou verte</translation>
    </message>
    <message>
        <source>Skip step</source>
        <translation>Pas de saut</translation>
    </message>
    <message>
        <source>How far the left and right arrows jump</source>
        <translation>La distance du saut des flèches gauche et droite</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>As it was left in the player</source>
        <translation>Tel que laissé dans le lecteur</translation>
    </message>
    <message>
        <source>Play the next episode</source>
        <translation>Enchaîner l’épisode suivant</translation>
    </message>
    <message>
        <source>Some seconds after one has ended</source>
        <translation>Quelques secondes après la fin du précédent</translation>
    </message>
    <message>
        <source>Desktop notifications</source>
        <translation>Notifications du bureau</translation>
    </message>
    <message>
        <source>When a scan has ended or something needs you</source>
        <translation>Quand une analyse se termine ou que l’on a besoin de vous</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>Rester dans la zone de notification</translation>
    </message>
    <message>
        <source>Closing the window leaves the station running</source>
        <translation>Fermer la fenêtre laisse la station en marche</translation>
    </message>
    <message>
        <source>Detail of the log</source>
        <translation>Détail du journal</translation>
    </message>
    <message>
        <source>A detailed log helps to find a fault; it holds names of films</source>
        <translation>Un journal détaillé aide à trouver une panne ; il contient des noms de films</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>As the desktop asks</source>
        <translation>Comme le demande le bureau</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Toujours</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>Where I was</source>
        <translation>Là où j’étais</translation>
    </message>
    <message>
        <source>As the film has it</source>
        <translation>Comme dans le film</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>When it works</source>
        <translation>Quand c’est possible</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Detailed</source>
        <translation>Détaillé</translation>
    </message>
    <message>
        <source>Kept in the keyring of your desktop</source>
        <translation>Conservé dans le trousseau de votre bureau</translation>
    </message>
    <message>
        <source>Kept in an encrypted file, protected only by its file rights: no keyring here</source>
        <translation>Conservé dans un fichier chiffré, protégé seulement par ses droits d’accès : aucun trousseau ici</translation>
    </message>
    <message>
        <source>Kept in an encrypted file that opens with your passphrase</source>
        <translation>Conservé dans un fichier chiffré qui s’ouvre avec votre phrase secrète</translation>
    </message>
    <message>
        <source>Locked: unlock the keyring of your desktop, then open this page again</source>
        <translation>Verrouillé : déverrouillez le trousseau de votre bureau, puis rouvrez cette page</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Find a setting</source>
        <translation>Chercher un réglage</translation>
    </message>
    <message>
        <source>Passwords and keys</source>
        <translation>Mots de passe et clés</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Verrouillé</translation>
    </message>
    <message>
        <source>No setting is called like that.</source>
        <translation>Aucun réglage ne porte ce nom.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>Keeping up to date</source>
        <translation>Mise à jour</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Secrets</translation>
    </message>
    <message>
        <source>What is written down</source>
        <translation>Ce qui est consigné</translation>
    </message>
    <message>
        <source>{folder} was added. Its films appear while it is read.</source>
        <translation>{folder} a été ajouté. Ses films apparaissent au fil de la lecture.</translation>
    </message>
    <message>
        <source>{folder} was removed from the library. Its files are untouched.</source>
        <translation>{folder} a été retiré de la bibliothèque. Ses fichiers sont intacts.</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>The station could not start</source>
        <translation>La station n’a pas pu démarrer</translation>
    </message>
    <message>
        <source>Nothing of yours was changed.</source>
        <translation>Rien de ce qui est à vous n’a été modifié.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>SmallWindow</name>
    <message>
        <source>Play or pause</source>
        <translation>Lecture ou pause</translation>
    </message>
    <message>
        <source>Back to the window</source>
        <translation>Revenir à la fenêtre</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Picture in picture</source>
        <translation>Image dans l’image</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Sokoul</source>
        <translation>Ouvrir Sokoul</translation>
    </message>
    <message>
        <source>Scan the library</source>
        <translation>Parcourir la bibliothèque</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Continue {title}</source>
        <translation>Reprendre {title}</translation>
    </message>
    <message>
        <source>Continue the last film</source>
        <translation>Reprendre le dernier film</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>{title} is marked as watched</source>
        <translation>{title} est marqué comme vu</translation>
    </message>
    <message>
        <source>{title} is marked as not watched</source>
        <translation>{title} est marqué comme non vu</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message>
        <source>{0} B</source>
        <translation>{0} o</translation>
    </message>
    <message>
        <source>{0} kB</source>
        <translation>{0} ko</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} Mo</translation>
    </message>
    <message>
        <source>{0} GB</source>
        <translation>{0} Go</translation>
    </message>
    <message>
        <source>{0} TB</source>
        <translation>{0} To</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Pas commencé</translation>
    </message>
    <message>
        <source>Just started</source>
        <translation>À peine commencé</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>encore {0}</translation>
    </message>
    <message>
        <source>E{0}</source>
        <translation>É{0}</translation>
    </message>
    <message>
        <source>S{0} E{1}</source>
        <translation>S{0} É{1}</translation>
    </message>
    <message>
        <source>1 episode</source>
        <translation>1 épisode</translation>
    </message>
    <message>
        <source>{0} episodes</source>
        <translation>{0} épisodes</translation>
    </message>
    <message>
        <source>watched</source>
        <translation>vu</translation>
    </message>
    <message>
        <source>its disk is away</source>
        <translation>son disque est absent</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Stereo</source>
        <translation>Stéréo</translation>
    </message>
</context>
</TS>
