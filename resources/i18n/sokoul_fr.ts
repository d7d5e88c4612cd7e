<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_US">
<context>
    <name></name>
    <message>
        <source>{0} × the usual</source>
        <translation>{0} × l’habituel</translation>
    </message>
</context>
<context>
    <name>ABCard</name>
    <message>
        <source>Enter the result</source>
        <translation>Saisir le résultat</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Arrêter le test</translation>
    </message>
    <message>
        <source>A/B test · {title}</source>
        <translation>Test A/B · {title}</translation>
    </message>
    <message>
        <source>Won, {0} % sure</source>
        <translation>Gagnante, sûre à {0} %</translation>
    </message>
    <message>
        <source>Leads, {0} % sure</source>
        <translation>En tête, sûre à {0} %</translation>
    </message>
    <message>
        <source>Shown now</source>
        <translation>Affichée maintenant</translation>
    </message>
    <message>
        <source>Over: nobody can tell them apart. The first one stays.</source>
        <translation>Terminé : rien ne les distingue. La première reste.</translation>
    </message>
    <message>
        <source>You stopped it.</source>
        <translation>Vous l’avez arrêté.</translation>
    </message>
    <message>
        <source>The platform makes this test. Enter here what it found, once it is over.</source>
        <translation>La plateforme fait ce test. Saisissez ici ce qu’elle a trouvé, une fois terminé.</translation>
    </message>
    <message>
        <source>Too early to tell: {done} of {least} turns are over.</source>
        <translation>Trop tôt pour le dire : {done} tours sur {least} sont passés.</translation>
    </message>
    <message>
        <source>{0} shown</source>
        <translation>{0} affichages</translation>
    </message>
    <message>
        <source>Share of the watch time</source>
        <translation>Part du temps de visionnage</translation>
    </message>
    <message>
        <source>{0} views</source>
        <translation>{0} vues</translation>
    </message>
    <message>
        <source>{0} % clicked</source>
        <translation>{0} % de clics</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>{0} par heure</translation>
    </message>
</context>
<context>
    <name>ABForm</name>
    <message>
        <source>Sokoul changes it in turns</source>
        <translation>Sokoul les alterne</translation>
    </message>
    <message>
        <source>YouTube tests it</source>
        <translation>YouTube fait le test</translation>
    </message>
    <message>
        <source>Begin the test</source>
        <translation>Commencer le test</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>A/B test · {0}</source>
        <translation>Test A/B · {0}</translation>
    </message>
    <message>
        <source>Title {0}</source>
        <translation>Titre {0}</translation>
    </message>
    <message>
        <source>Thumbnail {0}</source>
        <translation>Vignette {0}</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Each is shown for six hours at a time, in an order drawn by lot, for two weeks at most. It stops when one is surely better, or says that there is no difference.</source>
        <translation>Chaque version est affichée six heures à la fois, dans un ordre tiré au sort, pendant deux semaines au plus. Le test s’arrête quand l’une est sûrement meilleure, ou dit qu’il n’y a pas de différence.</translation>
    </message>
    <message>
        <source>Write a second title, or choose a second thumbnail.</source>
        <translation>Écrivez un deuxième titre, ou choisissez une deuxième vignette.</translation>
    </message>
</context>
<context>
    <name>ABResult</name>
    <message>
        <source>Winner</source>
        <translation>Gagnante</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>Pas de différence</translation>
    </message>
    <message>
        <source>Share of {0}</source>
        <translation>Part de {0}</translation>
    </message>
    <message>
        <source>Its share of the watch time, 0 when it is not told</source>
        <translation>Sa part du temps de visionnage, 0 si elle n’est pas indiquée</translation>
    </message>
    <message>
        <source>As the platform says</source>
        <translation>Selon la plateforme</translation>
    </message>
    <message>
        <source>Keep the result</source>
        <translation>Garder le résultat</translation>
    </message>
    <message>
        <source>The result of the test</source>
        <translation>Le résultat du test</translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>What is it about?</source>
        <translation>De quoi ça parle ?</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Its subtitles do not tell.</source>
        <translation>Ses sous-titres ne le disent pas.</translation>
    </message>
    <message>
        <source>Lines from its first part, chosen by rules</source>
        <translation>Des répliques de sa première partie, choisies par des règles</translation>
    </message>
    <message>
        <source>From its first part, by {model}</source>
        <translation>D&apos;après sa première partie, par {model}</translation>
    </message>
</context>
<context>
    <name>AboutPanel</name>
    <message>
        <source>How safe it is</source>
        <translation>Ses chances d’aboutir</translation>
    </message>
    <message>
        <source>Given away</source>
        <translation>Donné</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Ajouté</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Morceaux</translation>
    </message>
    <message>
        <source>{size}, {ratio} of what was taken</source>
        <translation>{size}, {ratio} de ce qui a été reçu</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Déplacer…</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>Où il se trouve</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>Libre à cet endroit</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Lien</translation>
    </message>
    <message>
        <source>Takes at most</source>
        <translation>Reçoit au plus</translation>
    </message>
    <message>
        <source>Gives at most</source>
        <translation>Donne au plus</translation>
    </message>
    <message>
        <source>As in Settings</source>
        <translation>Comme dans les Réglages</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>Pas du tout</translation>
    </message>
    <message>
        <source>Without end</source>
        <translation>Sans fin</translation>
    </message>
    <message>
        <source>Is shared</source>
        <translation>Est partagé</translation>
    </message>
    <message>
        <source>until {ratio} of it is given</source>
        <translation>jusqu’à {ratio} fois sa taille</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of {size}</source>
        <translation>
            <numerusform>%n morceau de {size}</numerusform>
            <numerusform>%n morceaux de {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AccountChip</name>
    <message>
        <source>Signed out: the post waits until you sign in</source>
        <translation>Déconnecté : la publication attend que vous vous connectiez</translation>
    </message>
</context>
<context>
    <name>AccountChips</name>
    <message>
        <source>Add an account</source>
        <translation>Ajouter un compte</translation>
    </message>
    <message>
        <source>Of no channel</source>
        <translation>Sans chaîne</translation>
    </message>
</context>
<context>
    <name>AccountRow</name>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>More about {0}</source>
        <translation>Plus sur {0}</translation>
    </message>
    <message>
        <source>Move to {0}</source>
        <translation>Déplacer vers {0}</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
</context>
<context>
    <name>AccountsView</name>
    <message>
        <source>Add an account</source>
        <translation>Ajouter un compte</translation>
    </message>
    <message>
        <source>New channel</source>
        <translation>Nouvelle chaîne</translation>
    </message>
    <message>
        <source>No account yet</source>
        <translation>Aucun compte pour l’instant</translation>
    </message>
    <message>
        <source>Add one: Sokoul shows step by step what is needed for it, and signs in with your browser. Passwords stay there.</source>
        <translation>Ajoutez-en un : Sokoul montre pas à pas ce qu’il faut, et se connecte avec votre navigateur. Les mots de passe y restent.</translation>
    </message>
    <message>
        <source>The accounts cannot be shown now</source>
        <translation>Les comptes ne peuvent pas être affichés maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Each account signs in with an app of your own at its platform, so that nobody else&apos;s limits stop you. Sign-ins are kept in the keyring.</source>
        <translation>Chaque compte se connecte avec une application à vous sur sa plateforme : les limites des autres ne vous arrêtent pas. Les connexions sont gardées dans le trousseau.</translation>
    </message>
    <message>
        <source>Move accounts here from their menu.</source>
        <translation>Déplacez des comptes ici depuis leur menu.</translation>
    </message>
    <message>
        <source>No account in it yet</source>
        <translation>Aucun compte dedans pour l’instant</translation>
    </message>
    <message>
        <source>Of no channel</source>
        <translation>Sans chaîne</translation>
    </message>
    <message>
        <source>Change the channel {0}</source>
        <translation>Modifier la chaîne {0}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
</context>
<context>
    <name>ActiveRow</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Since {time}</source>
        <translation>Depuis {time}</translation>
    </message>
    <message>
        <source>closed by you</source>
        <translation>fermée par vous</translation>
    </message>
    <message>
        <source>Serious</source>
        <translation>Sérieux</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>À regarder</translation>
    </message>
</context>
<context>
    <name>AddAccount</name>
    <message>
        <source>Where do you want to post?</source>
        <translation>Où voulez-vous publier ?</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>L’ajouter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Add: {name}</source>
        <translation>Ajouter&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Add it and sign in</source>
        <translation>L’ajouter et se connecter</translation>
    </message>
    <message>
        <source>Signs in with an app of your own there; shown step by step.</source>
        <translation>Se connecte avec une application à vous sur place ; expliqué pas à pas.</translation>
    </message>
    <message>
        <source>Works at once, without signing in.</source>
        <translation>Fonctionne tout de suite, sans connexion.</translation>
    </message>
    <message>
        <source>Needs no sign-in in the browser.</source>
        <translation>Pas de connexion dans le navigateur.</translation>
    </message>
    <message>
        <source>Choose {0}</source>
        <translation>Choisir {0}</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Other platforms</source>
        <translation>Autres plateformes</translation>
    </message>
    <message>
        <source>Once, at {0}</source>
        <translation>Une seule fois, chez {0}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>As you will see it here, such as the name of your channel</source>
        <translation>Tel que vous le verrez ici, par exemple le nom de votre chaîne</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
</context>
<context>
    <name>AddCard</name>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Add: {name}</source>
        <translation>Ajouter&#xa0;: {name}</translation>
    </message>
</context>
<context>
    <name>AddPanel</name>
    <message>
        <source>Add a download</source>
        <translation>Ajouter un téléchargement</translation>
    </message>
    <message>
        <source>Open a torrent file</source>
        <translation>Ouvrir un fichier torrent</translation>
    </message>
    <message>
        <source>Torrent files</source>
        <translation>Fichiers torrent</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Paste a link</source>
        <translation>Collez un lien</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Lien</translation>
    </message>
    <message>
        <source>A magnet link, the address of a file, of a .torrent file or of a stream. Several links at once are added as they are.</source>
        <translation>Un lien magnet, l’adresse d’un fichier, d’un fichier .torrent ou d’un flux. Plusieurs liens à la fois sont ajoutés tels quels.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Another folder</source>
        <translation>Un autre dossier</translation>
    </message>
    <message>
        <source>Look into it</source>
        <translation>Regarder dedans</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Play now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Add paused</source>
        <translation>Ajouter en pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>What is in it is not known yet. It can be added all the same.</source>
        <translation>Son contenu n’est pas encore connu. Il peut être ajouté quand même.</translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>taille inconnue</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) chosen</source>
        <translation>
            <numerusform>%n fichier choisi</numerusform>
            <numerusform>%n fichiers choisis</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} libres</translation>
    </message>
    <message>
        <source>It does not fit: {size} more are needed. Choose fewer files or another folder, or add it all the same: it waits until there is room.</source>
        <translation>Il manque {size} de place. Choisissez moins de fichiers ou un autre dossier, ou ajoutez-le quand même&#xa0;: il attendra la place.</translation>
    </message>
    <message>
        <source>Choose at least one file.</source>
        <translation>Choisissez au moins un fichier.</translation>
    </message>
    <message>
        <source>It goes to the folder of downloads.</source>
        <translation>Il va dans le dossier des téléchargements.</translation>
    </message>
    <message>
        <source>It goes to {folder}.</source>
        <translation>Il va dans {folder}.</translation>
    </message>
    <message>
        <source>Asking what is in it…</source>
        <translation>On demande ce qu’il contient…</translation>
    </message>
    <message>
        <source>Asking what is in it… {seconds} s. It can be added meanwhile.</source>
        <translation>On demande ce qu’il contient… {seconds}&#xa0;s. Il peut être ajouté en attendant.</translation>
    </message>
    <message>
        <source>Paste a link first, or open a torrent file.</source>
        <translation>Collez d’abord un lien, ou ouvrez un fichier torrent.</translation>
    </message>
</context>
<context>
    <name>AddRow</name>
    <message>
        <source>For what</source>
        <translation>Pour quoi</translation>
    </message>
    <message>
        <source>Each month</source>
        <translation>Chaque mois</translation>
    </message>
    <message>
        <source>Each day</source>
        <translation>Chaque jour</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>À quel rythme</translation>
    </message>
    <message>
        <source>Amount of the new limit</source>
        <translation>Montant de la nouvelle limite</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Montant</translation>
    </message>
    <message>
        <source>Add limit</source>
        <translation>Ajouter</translation>
    </message>
</context>
<context>
    <name>AddSource</name>
    <message>
        <source>Add: {name}</source>
        <translation>Ajouter&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Trying it. This can take some seconds…</source>
        <translation>Essai en cours. Cela peut prendre quelques secondes…</translation>
    </message>
    <message>
        <source>As you will see it beside what it finds</source>
        <translation>Tel qu’il apparaîtra à côté des résultats</translation>
    </message>
    <message>
        <source>Try it and add it</source>
        <translation>Essayer et ajouter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>AlertsView</name>
    <message>
        <source>The alerts cannot be shown now</source>
        <translation>Les alertes ne peuvent pas être affichées maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>Calme à partir de</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>Calme jusqu’à</translation>
    </message>
    <message>
        <source>Plugins</source>
        <translation>Extensions</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Where you are told</source>
        <translation>Où l’on vous prévient</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>Heures calmes</translation>
    </message>
    <message>
        <source>What is watched</source>
        <translation>Ce qui est surveillé</translation>
    </message>
    <message>
        <source>What was</source>
        <translation>Ce qui a été</translation>
    </message>
    <message>
        <source>What comes in between is told at the end, in one message. What is serious is shown on this page at once, without a sound.</source>
        <translation>Ce qui arrive entre-temps est dit à la fin, en un seul message. Ce qui est grave s’affiche sur cette page tout de suite, sans bruit.</translation>
    </message>
    <message>
        <source>No sound at night</source>
        <translation>Pas un bruit la nuit</translation>
    </message>
    <message>
        <source>You are told here when something is: once, and once when it is over.</source>
        <translation>On vous le dit ici quand quelque chose ne va pas&#xa0;: une fois, et une fois quand c’est fini.</translation>
    </message>
    <message>
        <source>Nothing is wrong</source>
        <translation>Tout va bien</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Rien encore</translation>
    </message>
    <message>
        <source>In this window, the tray and on the desktop</source>
        <translation>Dans cette fenêtre, la zone de notification et sur le bureau</translation>
    </message>
    <message>
        <source>On a phone or by e-mail too: switch on ntfy or a Telegram bot among the plugins, or name an address in an e-mail account.</source>
        <translation>Sur un téléphone ou par e-mail aussi&#xa0;: activez ntfy ou un bot Telegram parmi les extensions, ou donnez une adresse dans un compte e-mail.</translation>
    </message>
    <message>
        <source>The test was taken. Look whether it arrived.</source>
        <translation>L’essai a été accepté. Regardez s’il est arrivé.</translation>
    </message>
</context>
<context>
    <name>AlikeStrip</name>
    <message>
        <source>More like this</source>
        <translation>Dans le même esprit</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>Rien n&apos;est perdu.</translation>
    </message>
    <message>
        <source>Nothing in the library is like it yet. The more is known of your films, such as their stories and genres, the more is found here.</source>
        <translation>Rien ne lui ressemble encore dans la médiathèque. Plus on en sait sur vos films, leurs histoires et leurs genres, plus on trouve ici.</translation>
    </message>
    <message>
        <source>{title} shares: {what}</source>
        <translation>{title} a en commun : {what}</translation>
    </message>
    <message>
        <source>By words, genres and people</source>
        <translation>D&apos;après les mots, les genres et les personnes</translation>
    </message>
</context>
<context>
    <name>AmountCard</name>
    <message>
        <source>and {0} set aside</source>
        <translation>et {0} mis de côté</translation>
    </message>
    <message>
        <source>No limit.</source>
        <translation>Aucune limite.</translation>
    </message>
    <message>
        <source>{left} of {most} left. It begins anew on {day}.</source>
        <translation>Il reste {left} sur {most}. La limite repart le {day}.</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>Épuisé</translation>
    </message>
    <message>
        <source>{0} % used</source>
        <translation>{0} % utilisés</translation>
    </message>
</context>
<context>
    <name>AssetLibraryView</name>
    <message>
        <source>Studio / Projects</source>
        <translation>Studio / Projets</translation>
    </message>
    <message>
        <source>Search the asset library</source>
        <translation>Chercher dans la médiathèque du studio</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Afficher plus</translation>
    </message>
    <message>
        <source>Back to the projects</source>
        <translation>Retour aux projets</translation>
    </message>
    <message>
        <source>The asset library cannot be shown now</source>
        <translation>La médiathèque du studio ne peut pas être affichée pour l’instant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Asset library</source>
        <translation>Médiathèque du studio</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>Rien n’a été trouvé</translation>
    </message>
    <message>
        <source>Try other words.</source>
        <translation>Essayez d’autres mots.</translation>
    </message>
    <message>
        <source>What the Studio makes is kept here, for every project to use.</source>
        <translation>Ce que le studio fabrique est gardé ici, pour tous les projets.</translation>
    </message>
    <message>
        <source>The asset library is empty</source>
        <translation>La médiathèque du studio est vide</translation>
    </message>
</context>
<context>
    <name>AssetPicker</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Take it from the asset library</source>
        <translation>À prendre dans la médiathèque du studio</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Post begun</source>
        <translation>Publication commencée</translation>
    </message>
    <message>
        <source>Post went out</source>
        <translation>Publication envoyée</translation>
    </message>
    <message>
        <source>Post failed</source>
        <translation>Publication échouée</translation>
    </message>
    <message>
        <source>Post approved</source>
        <translation>Publication approuvée</translation>
    </message>
    <message>
        <source>Outcome told by you</source>
        <translation>Résultat indiqué par vous</translation>
    </message>
    <message>
        <source>Post changed</source>
        <translation>Publication modifiée</translation>
    </message>
    <message>
        <source>Account added</source>
        <translation>Compte ajouté</translation>
    </message>
    <message>
        <source>Account removed</source>
        <translation>Compte retiré</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>Link made</source>
        <translation>Lien créé</translation>
    </message>
    <message>
        <source>Link changed</source>
        <translation>Lien modifié</translation>
    </message>
    <message>
        <source>Link given to more people</source>
        <translation>Lien donné à d’autres personnes</translation>
    </message>
    <message>
        <source>Link revoked</source>
        <translation>Lien révoqué</translation>
    </message>
    <message>
        <source>Link opened again</source>
        <translation>Lien rouvert</translation>
    </message>
    <message>
        <source>Recipient shut out</source>
        <translation>Destinataire exclu</translation>
    </message>
    <message>
        <source>Recipient let in again</source>
        <translation>Destinataire réadmis</translation>
    </message>
    <message>
        <source>Link removed</source>
        <translation>Lien retiré</translation>
    </message>
    <message>
        <source>Link sent</source>
        <translation>Lien envoyé</translation>
    </message>
    <message>
        <source>New keys for links</source>
        <translation>Nouvelles clés des liens</translation>
    </message>
    <message>
        <source>Clock trusted again</source>
        <translation>Horloge de nouveau jugée juste</translation>
    </message>
    <message>
        <source>Entries erased</source>
        <translation>Entrées effacées</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>effacé</translation>
    </message>
</context>
<context>
    <name>AuditView</name>
    <message>
        <source>Check it</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Forget somebody</source>
        <translation>Oublier quelqu’un</translation>
    </message>
    <message>
        <source>Show older ones</source>
        <translation>Afficher les plus anciennes</translation>
    </message>
    <message>
        <source>Nothing went out yet</source>
        <translation>Rien n’est encore sorti</translation>
    </message>
    <message>
        <source>Every post, link and sign-in is written down here, one after the other, so that nobody can change it later without being found out.</source>
        <translation>Chaque publication, lien et connexion est noté ici, l’un après l’autre, pour que personne ne puisse rien changer ensuite sans que cela se voie.</translation>
    </message>
    <message>
        <source>The log cannot be shown now</source>
        <translation>Le journal ne peut pas être affiché maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n entries, each sealed by the one before it.</source>
        <translation>
            <numerusform>%n entrée, scellée par celle d’avant.</numerusform>
            <numerusform>%n entrées, chacune scellée par celle d’avant.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n entries are as they were written.</source>
        <translation>
            <numerusform>La seule entrée est telle qu’elle a été écrite (%n).</numerusform>
            <numerusform>Les %n entrées sont telles qu’elles ont été écrites.</numerusform>
        </translation>
    </message>
    <message>
        <source>Entry {0} is not as it was written: somebody changed the log.</source>
        <translation>L’entrée {0} n’est pas telle qu’elle a été écrite : quelqu’un a modifié le journal.</translation>
    </message>
</context>
<context>
    <name>BotCard</name>
    <message>
        <source>A bot of your own</source>
        <translation>Un robot à vous</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>À l’écoute</translation>
    </message>
    <message>
        <source>The bot</source>
        <translation>Le robot</translation>
    </message>
    <message>
        <source>Pair a phone</source>
        <translation>Associer un téléphone</translation>
    </message>
    <message>
        <source>Whoever sends the code to the bot may command the station from his phone.</source>
        <translation>Qui envoie le code au robot peut commander la station depuis son téléphone.</translation>
    </message>
    <message>
        <source>Let a phone in</source>
        <translation>Laisser entrer un téléphone</translation>
    </message>
    <message>
        <source>Hide the code</source>
        <translation>Cacher le code</translation>
    </message>
    <message>
        <source>It hears as {bot}.</source>
        <translation>Il écoute sous le nom de {bot}.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>It hears nothing as long as no phone is paired.</source>
        <translation>Il n’écoute rien tant qu’aucun téléphone n’est associé.</translation>
    </message>
    <message>
        <source>1. Open Telegram on a phone and write /newbot to @BotFather.</source>
        <translation>1. Ouvrez Telegram sur un téléphone et écrivez /newbot à @BotFather.</translation>
    </message>
    <message>
        <source>2. Choose a name for your bot, then one that ends in “bot”.</source>
        <translation>2. Choisissez un nom pour votre robot, puis un autre qui finit par «&#xa0;bot&#xa0;».</translation>
    </message>
    <message>
        <source>3. @BotFather answers with a token: put it in here.</source>
        <translation>3. @BotFather répond par un jeton&#xa0;: mettez-le ici.</translation>
    </message>
</context>
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
    <name>Budget</name>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Speech to text</source>
        <translation>Transcription</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Voix</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Avatars</source>
        <translation>Avatars</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musique</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>Publications</translation>
    </message>
    <message>
        <source>Telling titles apart</source>
        <translation>Distinguer les titres</translation>
    </message>
    <message>
        <source>Spotting fakes</source>
        <translation>Repérer les faux</translation>
    </message>
    <message>
        <source>Describing videos</source>
        <translation>Décrire des vidéos</translation>
    </message>
    <message>
        <source>Summaries</source>
        <translation>Résumés</translation>
    </message>
    <message>
        <source>Understanding wishes</source>
        <translation>Comprendre les souhaits</translation>
    </message>
    <message>
        <source>Recommendations</source>
        <translation>Recommandations</translation>
    </message>
    <message>
        <source>Best time to publish</source>
        <translation>Meilleur moment pour publier</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Écriture</translation>
    </message>
    <message>
        <source>Translating</source>
        <translation>Traduction</translation>
    </message>
    <message>
        <source>Writing down speech</source>
        <translation>Mettre la parole par écrit</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>a day and its month</comment>
        <translation>d MMMM</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>a day and a time</comment>
        <translation>d MMM HH:mm</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>{0}, each month</source>
        <translation>{0}, chaque mois</translation>
    </message>
    <message>
        <source>{0}, each day</source>
        <translation>{0}, chaque jour</translation>
    </message>
</context>
<context>
    <name>BudgetPage</name>
    <message>
        <source>The month before</source>
        <translation>Le mois précédent</translation>
    </message>
    <message>
        <source>The month after</source>
        <translation>Le mois suivant</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Spent in the month</source>
        <translation>Dépensé dans le mois</translation>
    </message>
    <message>
        <source>Spent today</source>
        <translation>Dépensé aujourd’hui</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>Jour par jour</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Nothing can be spent now</source>
        <translation>Rien ne peut être dépensé pour l’instant</translation>
    </message>
    <message>
        <source>Set limits anew</source>
        <translation>Fixer à nouveau les limites</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Ouvrir les réglages</translation>
    </message>
    <message>
        <source>Nothing was spent this month</source>
        <translation>Rien n’a été dépensé ce mois-ci</translation>
    </message>
    <message>
        <source>Set limits</source>
        <translation>Fixer des limites</translation>
    </message>
    <message>
        <source>Currency and prices</source>
        <translation>Monnaie et prix</translation>
    </message>
    <message>
        <source>The budget cannot be read now</source>
        <translation>Le budget est illisible pour l’instant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) to paid services</source>
        <translation>
            <numerusform>%n appel à un service payant</numerusform>
            <numerusform>%n appels à des services payants</numerusform>
        </translation>
    </message>
    <message>
        <source>Real prices were {0} above the estimates.</source>
        <translation>Les vrais prix ont dépassé les estimations de {0}.</translation>
    </message>
    <message>
        <source>Calls to paid services appear here, with what each of them cost.</source>
        <translation>Les appels aux services payants apparaissent ici, avec ce que chacun a coûté.</translation>
    </message>
    <message>
        <source>There is no limit for a month.</source>
        <translation>Il n’y a pas de limite pour un mois.</translation>
    </message>
    <message>
        <source>At most {0} can be spent in a month.</source>
        <translation>Au plus {0} peuvent être dépensés en un mois.</translation>
    </message>
    <message>
        <source>The limit is gone: {0}</source>
        <translation>Limite retirée : {0}</translation>
    </message>
    <message>
        <source>Written to {0}</source>
        <translation>Écrit dans {0}</translation>
    </message>
    <message>
        <source>What was spent is kept.</source>
        <translation>Ce qui a été dépensé est conservé.</translation>
    </message>
</context>
<context>
    <name>CalendarBar</name>
    <message>
        <source>Earlier</source>
        <translation>Avancer</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
</context>
<context>
    <name>CalendarView</name>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message numerus="yes">
        <source>%n post(s)</source>
        <translation>
            <numerusform>%n publication</numerusform>
            <numerusform>%n publications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>+ %n more</source>
        <translation>
            <numerusform>+ %n autre</numerusform>
            <numerusform>+ %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>{moment} · arrows move it, OK puts it down</source>
        <translation>{moment} · les flèches la déplacent, OK la pose</translation>
    </message>
</context>
<context>
    <name>CallsCard</name>
    <message>
        <source>Last calls</source>
        <translation>Derniers appels</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Afficher plus</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>mis de côté</translation>
    </message>
    <message>
        <source>{0} above the estimate</source>
        <translation>{0} de plus que prévu</translation>
    </message>
</context>
<context>
    <name>CandidateTile</name>
    <message>
        <source>Fits {0} %</source>
        <translation>Convient à {0}&#xa0;%</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>utilisée</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
</context>
<context>
    <name>CastChip</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause on {0}</source>
        <translation>Mettre {0} en pause</translation>
    </message>
    <message>
        <source>Go on with {0}</source>
        <translation>Reprendre sur {0}</translation>
    </message>
</context>
<context>
    <name>CastDesk</name>
    <message>
        <source>This screen</source>
        <translation>Cet écran</translation>
    </message>
    <message>
        <source>This file is not in the library: open it in this window from there.</source>
        <translation>Ce fichier n&apos;est pas dans la bibliothèque : ouvrez-le ici depuis son dossier.</translation>
    </message>
    <message>
        <source>{device} does not play it. {reason}</source>
        <translation>{device} ne le lit pas. {reason}</translation>
    </message>
    <message>
        <source>{title} waits for its turn on {device}.</source>
        <translation>{title} attend son tour sur {device}.</translation>
    </message>
    <message>
        <source>Stopped on {0}. Where you were is kept.</source>
        <translation>Arrêté sur {0}. Votre position est gardée.</translation>
    </message>
</context>
<context>
    <name>CastPicker</name>
    <message>
        <source>Play {0} on</source>
        <translation>Lire {0} sur</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>{0} plays on</source>
        <translation>{0} passe sur</translation>
    </message>
    <message>
        <source>Picture and sound go to</source>
        <translation>Image et son vont vers</translation>
    </message>
    <message>
        <source>No TV is found yet. Switch it on, and join it to the same network as this station: it appears here by itself.</source>
        <translation>Aucun téléviseur trouvé pour l&apos;instant. Allumez-le et reliez-le au même réseau que cette station : il apparaît ici de lui-même.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>This screen</source>
        <translation>Cet écran</translation>
    </message>
    <message>
        <source>Looking for more…</source>
        <translation>Recherche d&apos;autres appareils…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Chercher à nouveau</translation>
    </message>
    <message>
        <source>It is off, or on another network. Once it is back it stands here again by itself.</source>
        <translation>Il est éteint ou sur un autre réseau. Dès son retour, il réapparaît ici de lui-même.</translation>
    </message>
    <message>
        <source>Nothing plays now. Press the TV sign beside Play of a film, or C while it is chosen.</source>
        <translation>Rien n&apos;est en cours. Appuyez sur le signe du téléviseur à côté de Lire, ou sur C quand un film est choisi.</translation>
    </message>
</context>
<context>
    <name>Casting</name>
    <message>
        <source>Subtitles: off, as in Settings</source>
        <translation>Sous-titres : désactivés, comme dans les Réglages</translation>
    </message>
    <message>
        <source>Subtitles: on the TV</source>
        <translation>Sous-titres : sur le téléviseur</translation>
    </message>
    <message>
        <source>Subtitles: {0}, on the TV</source>
        <translation>Sous-titres : {0}, sur le téléviseur</translation>
    </message>
    <message>
        <source>Subtitles are drawn in</source>
        <translation>Sous-titres incrustés dans l&apos;image</translation>
    </message>
    <message>
        <source>Plays directly</source>
        <translation>Lecture directe</translation>
    </message>
    <message>
        <source>Is repacked, nothing is lost</source>
        <translation>Remballé, sans perte</translation>
    </message>
    <message>
        <source>Audio is converted</source>
        <translation>Le son est converti</translation>
    </message>
    <message>
        <source>Picture and sound are converted</source>
        <translation>Image et son sont convertis</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>Always as it is</source>
        <translation>Toujours tel quel</translation>
    </message>
    <message>
        <source>Repack</source>
        <translation>Remballer</translation>
    </message>
    <message>
        <source>Convert the sound</source>
        <translation>Convertir le son</translation>
    </message>
    <message>
        <source>Convert everything</source>
        <translation>Tout convertir</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Éteint</translation>
    </message>
    <message>
        <source>Off since {0}</source>
        <translation>Éteint depuis {0}</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Préparation</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Did not play</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Not answering</source>
        <translation>Ne répond pas</translation>
    </message>
    <message>
        <source>On {0}</source>
        <translation>Sur {0}</translation>
    </message>
    <message>
        <source>Sound {0}</source>
        <translation>Son {0}</translation>
    </message>
    <message>
        <source>Subtitles {0}</source>
        <translation>Sous-titres {0}</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>images</translation>
    </message>
    <message>
        <source>beside it</source>
        <translation>à côté du fichier</translation>
    </message>
    <message>
        <source>in file</source>
        <translation>dans le fichier</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Home</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
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
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>ChannelForm</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Posts a day</source>
        <translation>Publications par jour</translation>
    </message>
    <message>
        <source>No limit of its own</source>
        <translation>Pas de limite propre</translation>
    </message>
    <message>
        <source>Ask me before each post</source>
        <translation>Me demander avant chaque publication</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Remove the channel</source>
        <translation>Retirer la chaîne</translation>
    </message>
    <message>
        <source>Change the channel</source>
        <translation>Modifier la chaîne</translation>
    </message>
    <message>
        <source>A new channel</source>
        <translation>Une nouvelle chaîne</translation>
    </message>
    <message>
        <source>A brand of yours: its accounts on several platforms belong together</source>
        <translation>Une marque à vous : ses comptes sur plusieurs plateformes vont ensemble</translation>
    </message>
    <message>
        <source>What is more waits for the next day</source>
        <translation>Le reste attend le lendemain</translation>
    </message>
    <message>
        <source>Nothing goes out before you said yes</source>
        <translation>Rien ne part avant votre accord</translation>
    </message>
    <message>
        <source>Its posts are held until you let them go on</source>
        <translation>Ses publications sont retenues jusqu’à ce que vous les laissiez partir</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Down</source>
        <translation>Réception</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Pairs</translation>
    </message>
    <message>
        <source>Last 5 min</source>
        <translation>5 dernières&#xa0;min</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>← and → go through the time: what was going on then?</source>
        <translation>← et → parcourent le temps : que se passait-il alors ?</translation>
    </message>
    <message>
        <source>Chart: {0}</source>
        <translation>Graphique : {0}</translation>
    </message>
    <message>
        <source>Nothing is known of this time.</source>
        <translation>On ne sait rien de cette période.</translation>
    </message>
    <message>
        <source>The chart cannot be shown now. {0}</source>
        <translation>Le graphique ne peut pas être affiché maintenant. {0}</translation>
    </message>
</context>
<context>
    <name>CheckPane</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>As it will be seen</source>
        <translation>Comme on le verra</translation>
    </message>
    <message numerus="yes">
        <source>%n letter(s) in the title</source>
        <translation>
            <numerusform>%n lettre dans le titre</numerusform>
            <numerusform>%n lettres dans le titre</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the description</source>
        <translation>
            <numerusform>%n dans la description</numerusform>
            <numerusform>%n dans la description</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message numerus="yes">
        <source>Plan %n post(s)</source>
        <translation>
            <numerusform>Planifier %n publication</numerusform>
            <numerusform>Planifier %n publications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n post(s)</source>
        <translation>
            <numerusform>Envoyer %n publication</numerusform>
            <numerusform>Envoyer %n publications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n does not fit and stays a draft.</source>
        <translation>
            <numerusform>%n ne convient pas et reste un brouillon.</numerusform>
            <numerusform>%n ne conviennent pas et restent des brouillons.</numerusform>
        </translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>ne convient pas</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>convient</translation>
    </message>
</context>
<context>
    <name>ChipButton</name>
    <message>
        <source>Screen: {0}</source>
        <translation>Écran : {0}</translation>
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
    <name>ClipboardStrip</name>
    <message>
        <source>Add the link from the clipboard?</source>
        <translation>Ajouter le lien du presse-papiers&#xa0;?</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser</translation>
    </message>
    <message>
        <source>Add {name} from the clipboard</source>
        <translation>Ajouter {name} du presse-papiers</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>QR code that pairs a phone</source>
        <translation>Code QR qui associe un téléphone</translation>
    </message>
    <message>
        <source>Code: {code}</source>
        <translation>Code&#xa0;: {code}</translation>
    </message>
    <message>
        <source>Scan the picture with the phone and press Start, or send this to {bot}.</source>
        <translation>Scannez l’image avec le téléphone et appuyez sur Démarrer, ou envoyez ceci à {bot}.</translation>
    </message>
    <message>
        <source>Good for {time}, and for one phone.</source>
        <translation>Valable {time}, et pour un téléphone.</translation>
    </message>
</context>
<context>
    <name>CoreBars</name>
    <message>
        <source>How busy each core is</source>
        <translation>L’occupation de chaque cœur</translation>
    </message>
</context>
<context>
    <name>CoresCard</name>
    <message>
        <source>Cores</source>
        <translation>Cœurs</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s), the busiest at {0}</source>
        <translation>
            <numerusform>%n cœur, occupé à {0}</numerusform>
            <numerusform>%n cœurs, le plus occupé à {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>up %n day(s)</source>
        <translation>
            <numerusform>allumé depuis %n jour</numerusform>
            <numerusform>allumé depuis %n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stream(s)</source>
        <translation>
            <numerusform>%n flux</numerusform>
            <numerusform>%n flux</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayBars</name>
    <message>
        <source>Spent each day</source>
        <translation>Dépensé chaque jour</translation>
    </message>
    <message>
        <source>, {0} set aside</source>
        <translation>, {0} mis de côté</translation>
    </message>
    <message>
        <source>Most on {0}: {1}</source>
        <translation>Le plus le {0} : {1}</translation>
    </message>
</context>
<context>
    <name>DayHead</name>
    <message>
        <source>A new post on this day</source>
        <translation>Une nouvelle publication ce jour-là</translation>
    </message>
</context>
<context>
    <name>DayPanel</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Describing</name>
    <message>
        <source>Describe it</source>
        <translation>La décrire</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Use as title and description</source>
        <translation>Prendre comme titre et description</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Proposed by rules</source>
        <translation>Proposé par des règles</translation>
    </message>
    <message>
        <source>Proposed by {model}</source>
        <translation>Proposé par {model}</translation>
    </message>
    <message>
        <source>Category: {0}</source>
        <translation>Catégorie : {0}</translation>
    </message>
    <message>
        <source>from its subtitles</source>
        <translation>d’après ses sous-titres</translation>
    </message>
    <message>
        <source>from texts in its pictures</source>
        <translation>d’après les textes de ses images</translation>
    </message>
    <message>
        <source>texts in pictures are read once tesseract-ocr is installed</source>
        <translation>les textes des images seront lus quand tesseract-ocr sera installé</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Change the words</source>
        <translation>Modifier le texte</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>L’annuler</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>Ouvrir {0}</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>La voir</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Continuer à écrire</translation>
    </message>
    <message>
        <source>It is out</source>
        <translation>Elle est sortie</translation>
    </message>
    <message>
        <source>It is not out</source>
        <translation>Elle n’est pas sortie</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser</translation>
    </message>
    <message>
        <source>Have it back</source>
        <translation>La reprendre</translation>
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
    <name>Details</name>
    <message>
        <source>Memory by part</source>
        <translation>Mémoire par partie</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Disques</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Graphics and neural</source>
        <translation>Graphisme et neuronal</translation>
    </message>
    <message>
        <source>swap {0}</source>
        <translation>échange {0}</translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation>Graphisme</translation>
    </message>
    <message>
        <source>Neural</source>
        <translation>Neuronal</translation>
    </message>
    <message>
        <source>waits {0}</source>
        <translation>attend {0}</translation>
    </message>
    <message>
        <source>SMART good</source>
        <translation>SMART : bon</translation>
    </message>
    <message>
        <source>about to fail</source>
        <translation>va tomber en panne</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>non connecté</translation>
    </message>
</context>
<context>
    <name>DetailsDrawer</name>
    <message>
        <source>Everything about a download</source>
        <translation>Tout sur un téléchargement</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Pairs</translation>
    </message>
    <message>
        <source>Trackers</source>
        <translation>Trackers</translation>
    </message>
    <message>
        <source>About it</source>
        <translation>À son sujet</translation>
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
        <source>Play on another screen</source>
        <translation>Lire sur un autre écran</translation>
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
        <source>Copied</source>
        <translation>Copié</translation>
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
        <source>Kept beside the video, in {0}</source>
        <translation>Gardé à côté de la vidéo, dans {0}</translation>
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
    <name>DeviceRow</name>
    <message>
        <source>Forget {0}</source>
        <translation>Oublier {0}</translation>
    </message>
    <message>
        <source>Play it on {0} after what plays now</source>
        <translation>Le lire sur {0} après ce qui passe maintenant</translation>
    </message>
</context>
<context>
    <name>DiskCard</name>
    <message>
        <source>{free} free of {total}</source>
        <translation>{free} libres sur {total}</translation>
    </message>
</context>
<context>
    <name>DownloadActions</name>
    <message>
        <source>The folder could not be opened.</source>
        <translation>Le dossier n’a pas pu être ouvert.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Play on another screen</source>
        <translation>Lire sur un autre écran</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Pick none</source>
        <translation>Ne rien sélectionner</translation>
    </message>
    <message>
        <source>Choose what to play…</source>
        <translation>Choisir quoi lire…</translation>
    </message>
    <message>
        <source>Everything about it</source>
        <translation>Tout savoir</translation>
    </message>
    <message>
        <source>To the top of the queue</source>
        <translation>En tête de la file</translation>
    </message>
    <message>
        <source>Earlier in the queue</source>
        <translation>Avancer dans la file</translation>
    </message>
    <message>
        <source>Later in the queue</source>
        <translation>Reculer dans la file</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>Limites…</translation>
    </message>
    <message>
        <source>Check what is here</source>
        <translation>Vérifier ce qui est là</translation>
    </message>
    <message>
        <source>Move to another folder…</source>
        <translation>Déplacer dans un autre dossier…</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Retirer de la liste</translation>
    </message>
    <message>
        <source>Remove with its files</source>
        <translation>Retirer avec ses fichiers</translation>
    </message>
    <message>
        <source>Pick it, or not</source>
        <translation>Sélectionner ou non</translation>
    </message>
    <message>
        <source>The link is copied.</source>
        <translation>Le lien est copié.</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) added.</source>
        <translation>
            <numerusform>%n téléchargement ajouté.</numerusform>
            <numerusform>%n téléchargements ajoutés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n downloads were removed, and their files go in a moment.</source>
        <translation>
            <numerusform>%n téléchargement retiré, et ses fichiers partent dans un instant.</numerusform>
            <numerusform>%n téléchargements retirés, et leurs fichiers partent dans un instant.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n downloads were removed. Their files stay where they are.</source>
        <translation>
            <numerusform>%n téléchargement retiré. Ses fichiers restent où ils sont.</numerusform>
            <numerusform>%n téléchargements retirés. Leurs fichiers restent où ils sont.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} was removed from the list. Its files stay where they are.</source>
        <translation>{name} est retiré de la liste. Ses fichiers restent où ils sont.</translation>
    </message>
    <message>
        <source>{name} was removed, and its files go with it in a moment.</source>
        <translation>{name} est retiré, et ses fichiers le seront dans un instant.</translation>
    </message>
    <message>
        <source>{name} lies in the other folder now.</source>
        <translation>{name} est maintenant dans l’autre dossier.</translation>
    </message>
</context>
<context>
    <name>DownloadList</name>
    <message>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <source>{row}, picked</source>
        <translation>{row}, sélectionné</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>Asking what is in it</source>
        <translation>Recherche du contenu</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Attend son tour</translation>
    </message>
    <message>
        <source>Checking what is here</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Putting it in its place</source>
        <translation>Mise en place</translation>
    </message>
    <message>
        <source>Here, and shared</source>
        <translation>Arrivé, partagé</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Failed · try again</source>
        <translation>Échec · à réessayer</translation>
    </message>
    <message>
        <source>Waits for the VPN</source>
        <translation>Attend le VPN</translation>
    </message>
    <message>
        <source>Not enough space</source>
        <translation>Pas assez de place</translation>
    </message>
    <message>
        <source>Waits for its disk</source>
        <translation>Attend son disque</translation>
    </message>
    <message>
        <source>Its disk is locked</source>
        <translation>Disque verrouillé</translation>
    </message>
    <message>
        <source>Its folder is locked</source>
        <translation>Dossier verrouillé</translation>
    </message>
    <message>
        <source>Waits for the server</source>
        <translation>Attend le serveur</translation>
    </message>
    <message>
        <source>Nobody has it now</source>
        <translation>Personne ne l’a</translation>
    </message>
    <message>
        <source>{interface} is not there</source>
        <translation>{interface} est absent</translation>
    </message>
    <message>
        <source>Arrived damaged</source>
        <translation>Arrivé endommagé</translation>
    </message>
    <message>
        <source>Disk unplugged</source>
        <translation>Disque débranché</translation>
    </message>
    <message>
        <source>{free} free</source>
        <translation>{free} libres</translation>
    </message>
    <message>
        <source>Cannot be written to</source>
        <translation>Écriture impossible</translation>
    </message>
    <message>
        <source>It is a program</source>
        <translation>C’est un programme</translation>
    </message>
    <message>
        <source>Server is busy</source>
        <translation>Serveur occupé</translation>
    </message>
    <message>
        <source>Server not trusted</source>
        <translation>Serveur non fiable</translation>
    </message>
    <message>
        <source>Server failed: {status}</source>
        <translation>Panne du serveur&#xa0;: {status}</translation>
    </message>
    <message>
        <source>Not there any more: {status}</source>
        <translation>N’y est plus&#xa0;: {status}</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Pas de réponse</translation>
    </message>
    <message>
        <source>Server refused: {status}</source>
        <translation>Refus du serveur&#xa0;: {status}</translation>
    </message>
    <message>
        <source>Wants a password</source>
        <translation>Mot de passe exigé</translation>
    </message>
    <message>
        <source>Another size than promised</source>
        <translation>Taille différente</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>Personne ne répond</translation>
    </message>
    <message>
        <source>A program: never written to disk</source>
        <translation>Un programme&#xa0;: jamais écrit sur le disque</translation>
    </message>
    <message>
        <source>A link: never written to disk</source>
        <translation>Un lien&#xa0;: jamais écrit sur le disque</translation>
    </message>
    <message>
        <source>kB/s</source>
        <translation>ko/s</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>Mo/s</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>Go/s</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Exclure</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>First</source>
        <translation>D’abord</translation>
    </message>
    <message>
        <source>from a tracker</source>
        <translation>par un tracker</translation>
    </message>
    <message>
        <source>from the open network</source>
        <translation>par le réseau ouvert</translation>
    </message>
    <message>
        <source>from other peers</source>
        <translation>par d’autres pairs</translation>
    </message>
    <message>
        <source>at home</source>
        <translation>à la maison</translation>
    </message>
    <message>
        <source>called here</source>
        <translation>venu de lui-même</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}&#xa0;%</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>des semaines</translation>
    </message>
    <message>
        <source>{0} days</source>
        <translation>{0}&#xa0;jours</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Followed series</source>
        <translation>Série suivie</translation>
    </message>
    <message>
        <source>Disk full</source>
        <translation>Disque plein</translation>
    </message>
    <message>
        <source>In your library</source>
        <translation>Dans la bibliothèque</translation>
    </message>
    <message>
        <source>Looking for peers</source>
        <translation>Recherche de pairs</translation>
    </message>
    <message>
        <source>{0} needed</source>
        <translation>{0} requis</translation>
    </message>
    <message>
        <source>{0} given</source>
        <translation>{0} donnés</translation>
    </message>
    <message>
        <source>may stop at {0}</source>
        <translation>arrêt possible à {0}</translation>
    </message>
    <message>
        <source>{0} ahead</source>
        <translation>{0} d’avance</translation>
    </message>
    <message>
        <source>{0} active</source>
        <translation>{0} en cours</translation>
    </message>
    <message>
        <source>{0} queued</source>
        <translation>{0} en file</translation>
    </message>
    <message>
        <source>{0} seeding</source>
        <translation>{0} partagés</translation>
    </message>
    <message>
        <source>Nothing is under way</source>
        <translation>Rien en cours</translation>
    </message>
    <message>
        <source>VPN on · {interface}</source>
        <translation>VPN actif · {interface}</translation>
    </message>
    <message>
        <source>VPN away · torrents wait</source>
        <translation>VPN absent · torrents en attente</translation>
    </message>
    <message>
        <source>No VPN</source>
        <translation>Sans VPN</translation>
    </message>
    <message>
        <source>Torrents use {interface} and nothing else. Press to change it.</source>
        <translation>Les torrents passent par {interface} et rien d’autre. Appuyez pour changer.</translation>
    </message>
    <message>
        <source>{interface} is not there. No torrent sends or takes anything until it is back.</source>
        <translation>{interface} est absent. Aucun torrent n’envoie ni ne reçoit rien jusqu’à son retour.</translation>
    </message>
    <message>
        <source>Torrents use every connection there is. Press to tie them to a VPN.</source>
        <translation>Les torrents passent par toute connexion. Appuyez pour les lier à un VPN.</translation>
    </message>
    <message>
        <source>By timetable</source>
        <translation>Selon l’horaire</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>{0} by timetable</source>
        <translation>{0} selon l’horaire</translation>
    </message>
    <message>
        <source>{0} MB/s</source>
        <translation>{0}&#xa0;Mo/s</translation>
    </message>
    <message>
        <source>Never written to disk</source>
        <translation>Jamais écrit sur le disque</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Pas encore connu</translation>
    </message>
    <message>
        <source>Good: {0} copies among the peers</source>
        <translation>Bonnes&#xa0;: {0} copies parmi les pairs</translation>
    </message>
    <message>
        <source>Enough: {0} copies among the peers</source>
        <translation>Suffisantes&#xa0;: {0} copies parmi les pairs</translation>
    </message>
    <message>
        <source>{0} % of it nobody has just now</source>
        <translation>Personne n’en a {0}&#xa0;% en ce moment</translation>
    </message>
    <message>
        <source>Playing while it loads</source>
        <translation>Se lit en chargeant</translation>
    </message>
    <message>
        <source>Ready to play</source>
        <translation>Prêt à lire</translation>
    </message>
    <message>
        <source>Ready in about {0}</source>
        <translation>Prêt dans {0} environ</translation>
    </message>
    <message>
        <source>{0} of {1} peers</source>
        <translation>{0} sur {1} pairs</translation>
    </message>
    <message>
        <source>1 peer</source>
        <translation>1 pair</translation>
    </message>
    <message>
        <source>{0} peers</source>
        <translation>{0} pairs</translation>
    </message>
    <message>
        <source>1 connection</source>
        <translation>1 connexion</translation>
    </message>
    <message>
        <source>{0} connections</source>
        <translation>{0} connexions</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Avancer</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Retirer de la liste</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>Tout le reste</translation>
    </message>
</context>
<context>
    <name>DownloadsPage</name>
    <message>
        <source>There is no link in the clipboard.</source>
        <translation>Il n’y a pas de lien dans le presse-papiers.</translation>
    </message>
    <message>
        <source>Nothing to download yet</source>
        <translation>Rien à télécharger pour l’instant</translation>
    </message>
    <message>
        <source>Paste a link, or drop one here: a magnet link, a torrent file, the address of a film or of a stream. It plays while it loads.</source>
        <translation>Collez un lien, ou déposez-le ici&#xa0;: un lien magnet, un fichier torrent, l’adresse d’un film ou d’un flux. La lecture commence pendant le chargement.</translation>
    </message>
    <message>
        <source>Ctrl+V adds the link you copied.</source>
        <translation>Ctrl+V ajoute le lien copié.</translation>
    </message>
    <message>
        <source>Add link or file</source>
        <translation>Ajouter un lien ou un fichier</translation>
    </message>
    <message>
        <source>Search for something</source>
        <translation>Chercher quelque chose</translation>
    </message>
    <message>
        <source>The downloads cannot be read now</source>
        <translation>Les téléchargements ne peuvent pas être lus</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>There is no download of this kind just now.</source>
        <translation>Il n’y a pas de téléchargement de ce genre en ce moment.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout montrer</translation>
    </message>
    <message>
        <source>What was fetched is kept, and goes on as soon as it can.</source>
        <translation>Ce qui est arrivé est gardé, et continue dès que possible.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message numerus="yes">
        <source>%n picked</source>
        <translation>
            <numerusform>%n sélectionné</numerusform>
            <numerusform>%n sélectionnés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrawnChoice</name>
    <message>
        <source>chosen</source>
        <translation>choisi</translation>
    </message>
</context>
<context>
    <name>DropCover</name>
    <message>
        <source>Drop links or torrent files here</source>
        <translation>Déposez ici des liens ou des fichiers torrent</translation>
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
    <name>EndPanel</name>
    <message>
        <source>Take all back for good</source>
        <translation>Tout retirer définitivement</translation>
    </message>
    <message>
        <source>Keep the links</source>
        <translation>Garder les liens</translation>
    </message>
    <message>
        <source>Take all links back?</source>
        <translation>Retirer tous les liens&#x202f;?</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) end at once, for everybody who has one. Whoever watches or downloads by one now is cut off.</source>
        <translation>
            <numerusform>%n lien prend fin aussitôt, pour tous ceux qui l’ont. Qui regarde ou télécharge par lui en ce moment est coupé.</numerusform>
            <numerusform>%n liens prennent fin aussitôt, pour tous ceux qui en ont un. Qui regarde ou télécharge par l’un d’eux en ce moment est coupé.</numerusform>
        </translation>
    </message>
    <message>
        <source>No link is given out now. What was given out before never opens again.</source>
        <translation>Aucun lien n’est donné en ce moment. Ce qui l’a été ne s’ouvrira plus jamais.</translation>
    </message>
    <message>
        <source>New keys are made, so the old addresses never open again: this cannot be undone. The links stay in the list with their figures, and new ones can be made at once.</source>
        <translation>De nouvelles clés sont créées&#xa0;: les anciennes adresses ne s’ouvriront plus jamais, et cela ne peut pas être annulé. Les liens restent dans la liste avec leurs chiffres, et vous pouvez en créer de nouveaux aussitôt.</translation>
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
        <source>New video</source>
        <translation>Nouvelle vidéo</translation>
    </message>
    <message>
        <source>Asset library</source>
        <translation>Médiathèque du studio</translation>
    </message>
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
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>New access link</source>
        <translation>Nouveau lien d’accès</translation>
    </message>
    <message>
        <source>Queue of posts</source>
        <translation>File des publications</translation>
    </message>
    <message>
        <source>Results of posts</source>
        <translation>Résultats des publications</translation>
    </message>
    <message>
        <source>Accounts to post with</source>
        <translation>Comptes pour publier</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Journal d’audit</translation>
    </message>
    <message>
        <source>Live log</source>
        <translation>Journal en direct</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>What takes space</source>
        <translation>Ce qui prend de la place</translation>
    </message>
    <message>
        <source>Nightly jobs and backups</source>
        <translation>Tâches de nuit et sauvegardes</translation>
    </message>
    <message>
        <source>Play on a TV</source>
        <translation>Lire sur un téléviseur</translation>
    </message>
    <message>
        <source>TVs and other screens</source>
        <translation>Téléviseurs et autres écrans</translation>
    </message>
    <message>
        <source>Pause the TV, or go on</source>
        <translation>Pause ou reprise sur le téléviseur</translation>
    </message>
    <message>
        <source>Stop the TV</source>
        <translation>Arrêter le téléviseur</translation>
    </message>
    <message>
        <source>TV louder</source>
        <translation>Téléviseur plus fort</translation>
    </message>
    <message>
        <source>TV quieter</source>
        <translation>Téléviseur moins fort</translation>
    </message>
    <message>
        <source>TV without sound, or with</source>
        <translation>Téléviseur sans son, ou avec</translation>
    </message>
    <message>
        <source>Play on this screen</source>
        <translation>Lire sur cet écran</translation>
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
    <name>FileList</name>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Enter plays it</source>
        <translation>Entrée le lit</translation>
    </message>
    <message>
        <source>Play this one</source>
        <translation>Lire celui-ci</translation>
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
        <source>Play {0} on another screen</source>
        <translation>Lire {0} sur un autre écran</translation>
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
    <name>FilterBar</name>
    <message>
        <source>Any language</source>
        <translation>Toutes les langues</translation>
    </message>
    <message>
        <source>Any kind</source>
        <translation>Tous les types</translation>
    </message>
    <message>
        <source>Hide wrong matches</source>
        <translation>Masquer les faux résultats</translation>
    </message>
    <message numerus="yes">
        <source>%n better placed</source>
        <translation>
            <numerusform>%n mieux placé</numerusform>
            <numerusform>%n mieux placés</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved: press to forget it</source>
        <translation>Enregistrée&#xa0;: appuyez pour l’oublier</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Enregistrer cette recherche</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Stream now</source>
        <translation>Tout de suite</translation>
    </message>
    <message>
        <source>Torrents</source>
        <translation>Torrents</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Liens directs</translation>
    </message>
    <message>
        <source>My library</source>
        <translation>Ma bibliothèque</translation>
    </message>
    <message>
        <source>Any quality</source>
        <translation>Toutes les qualités</translation>
    </message>
    <message>
        <source>720p or better</source>
        <translation>720p ou mieux</translation>
    </message>
    <message>
        <source>1080p or better</source>
        <translation>1080p ou mieux</translation>
    </message>
    <message>
        <source>2160p</source>
        <translation>2160p</translation>
    </message>
    <message>
        <source>Put the rows in order</source>
        <translation>Remettre les lignes en ordre</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Meilleurs d’abord</translation>
    </message>
    <message>
        <source>Most sources first</source>
        <translation>Plus de sources d’abord</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>Plus petits d’abord</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Plus grands d’abord</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Plus récents d’abord</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Par nom</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Ask everybody again</source>
        <translation>Interroger de nouveau toutes les sources</translation>
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
    <name>Finished</name>
    <message>
        <source>Thumbnail</source>
        <translation>Vignette</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Thumbnail {0}</source>
        <translation>Vignette {0}</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>utilisée</translation>
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
    <name>ForgetPanel</name>
    <message>
        <source>Whom or what</source>
        <translation>Qui ou quoi</translation>
    </message>
    <message>
        <source>an account, a link, an address</source>
        <translation>un compte, un lien, une adresse</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Effacer pour de bon</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Forget somebody</source>
        <translation>Oublier quelqu’un</translation>
    </message>
    <message>
        <source>What the log tells about a person or an account is erased. That something happened, and when, stays, and the log still proves it. This cannot be undone.</source>
        <translation>Ce que le journal dit d’une personne ou d’un compte est effacé. Qu’il s’est passé quelque chose, et quand, reste, et le journal le prouve toujours. Cela ne peut pas être annulé.</translation>
    </message>
</context>
<context>
    <name>GuestsCard</name>
    <message>
        <source>Open the list of sources on a TV and choose this station: it is asked here before anything is shown there.</source>
        <translation>Ouvrez la liste des sources d&apos;un téléviseur et choisissez cette station : la question est posée ici avant que rien n&apos;y soit montré.</translation>
    </message>
    <message>
        <source>No device has asked yet</source>
        <translation>Aucun appareil n&apos;a encore demandé</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Autoriser</translation>
    </message>
    <message>
        <source>Allow {name}</source>
        <translation>Autoriser {name}</translation>
    </message>
    <message>
        <source>Turn away</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Turn {name} away</source>
        <translation>Refuser {name}</translation>
    </message>
    <message>
        <source>Asks to look into the library</source>
        <translation>Demande à voir la bibliothèque</translation>
    </message>
    <message>
        <source>{name} may look</source>
        <translation>{name} peut regarder</translation>
    </message>
    <message>
        <source>Forget {name}</source>
        <translation>Oublier {name}</translation>
    </message>
    <message>
        <source>May look</source>
        <translation>Peut regarder</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Refusé</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Access links</source>
        <translation>Liens d’accès</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Journal d’audit</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>Everything is held</source>
        <translation>Tout est retenu</translation>
    </message>
    <message>
        <source>Nothing is planned</source>
        <translation>Rien n’est prévu</translation>
    </message>
    <message>
        <source>Next: {platform} {moment}</source>
        <translation>Ensuite : {platform} {moment}</translation>
    </message>
    <message>
        <source>Run checks</source>
        <translation>Tout vérifier</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>slowed down by heat</source>
        <translation>ralenti par la chaleur</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>Nothing was looked at yet.</source>
        <translation>Rien n’a encore été vérifié.</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>En montrer moins</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>Tout montrer (%n)</numerusform>
            <numerusform>Tout montrer (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broken</source>
        <translation>
            <numerusform>%n en panne</numerusform>
            <numerusform>%n en panne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worth a look</source>
        <translation>
            <numerusform>%n à regarder</numerusform>
            <numerusform>%n à regarder</numerusform>
        </translation>
    </message>
    <message>
        <source>All well</source>
        <translation>Tout va bien</translation>
    </message>
    <message>
        <source>Looking at every part…</source>
        <translation>Vérification de chaque partie…</translation>
    </message>
</context>
<context>
    <name>HealthPanel</name>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Chercher à nouveau</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>Ouvrir {0}</translation>
    </message>
    <message>
        <source>{0} since {1}</source>
        <translation>{0} depuis {1}</translation>
    </message>
</context>
<context>
    <name>Hearing</name>
    <message>
        <source>What hears on this device</source>
        <translation>Ce qui écoute sur cet appareil</translation>
    </message>
    <message>
        <source>The folder of models cannot be read now</source>
        <translation>Le dossier des modèles ne peut pas être lu maintenant</translation>
    </message>
</context>
<context>
    <name>HearingCard</name>
    <message>
        <source>Looking for models…</source>
        <translation>Recherche de modèles…</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>Do not use</source>
        <translation>Ne pas utiliser</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>A good one for this device: Whisper base, file ggml-base.bin (148 MB). ggml-small.bin (488 MB) hears better and takes longer. Both are by OpenAI, know many languages, and are published by ggerganov on Hugging Face under the MIT License. Put one into {folder}.</source>
        <translation>Un bon modèle pour cet appareil : Whisper base, fichier ggml-base.bin (148 Mo). ggml-small.bin (488 Mo) entend mieux et prend plus de temps. Les deux sont d’OpenAI, connaissent beaucoup de langues et sont publiés par ggerganov sur Hugging Face sous licence MIT. Mettez-en un dans {folder}.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Chercher à nouveau</translation>
    </message>
    <message>
        <source>Where to get a model that hears</source>
        <translation>Où trouver un modèle qui écoute</translation>
    </message>
    <message>
        <source>English only</source>
        <translation>anglais seulement</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>beaucoup de langues</translation>
    </message>
    <message>
        <source>{speed} times as fast as it is said, {memory}</source>
        <translation>{speed} fois plus vite que la parole, {memory}</translation>
    </message>
    <message>
        <source>heard: “{text}”</source>
        <translation>entendu : « {text} »</translation>
    </message>
    <message>
        <source>Being tried</source>
        <translation>À l’essai</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>À l’écoute</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisé</translation>
    </message>
</context>
<context>
    <name>HeldRow</name>
    <message>
        <source>The clock is right</source>
        <translation>L’horloge est juste</translation>
    </message>
    <message>
        <source>Links are closed</source>
        <translation>Les liens sont fermés</translation>
    </message>
    <message>
        <source>The clock of this device was set back: it shows {day}, {hour}. If that is wrong, set it right, and links open by themselves. If it is right, say so: links open at once, and so may some that were over.</source>
        <translation>L’horloge de cet appareil a été reculée&#xa0;: elle indique {day}, {hour}. Si c’est faux, réglez-la, et les liens s’ouvrent d’eux-mêmes. Si c’est juste, dites-le&#xa0;: les liens s’ouvrent aussitôt, et peut-être aussi certains qui étaient terminés.</translation>
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
        <source>Play on another screen</source>
        <translation>Lire sur un autre écran</translation>
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
    <name>HiddenStrip</name>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) hidden</source>
        <translation>
            <numerusform>%n résultat masqué</numerusform>
            <numerusform>%n résultats masqués</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrong match(es) shown at the end</source>
        <translation>
            <numerusform>%n faux résultat affiché à la fin</numerusform>
            <numerusform>%n faux résultats affichés à la fin</numerusform>
        </translation>
    </message>
    <message>
        <source>{hidden}: {reasons}</source>
        <translation>{hidden}&#xa0;: {reasons}</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
    <message numerus="yes">
        <source>%n for other reasons</source>
        <translation>
            <numerusform>%n pour une autre raison</numerusform>
            <numerusform>%n pour d’autres raisons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another version, of {year}</source>
        <translation>
            <numerusform>%n d’une autre version, de {year}</numerusform>
            <numerusform>%n d’une autre version, de {year}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another title</source>
        <translation>
            <numerusform>%n d’un autre titre</numerusform>
            <numerusform>%n d’un autre titre</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another part</source>
        <translation>
            <numerusform>%n d’un autre volet</numerusform>
            <numerusform>%n d’un autre volet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another episode</source>
        <translation>
            <numerusform>%n d’un autre épisode</numerusform>
            <numerusform>%n d’un autre épisode</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trailer(s) or extract(s)</source>
        <translation>
            <numerusform>%n bande-annonce ou extrait</numerusform>
            <numerusform>%n bandes-annonces ou extraits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n look(s) like a camera recording</source>
        <translation>
            <numerusform>%n semble filmé en salle</numerusform>
            <numerusform>%n semblent filmés en salle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a size that does not fit the label</source>
        <translation>
            <numerusform>%n dont la taille ne correspond pas à l’étiquette</numerusform>
            <numerusform>%n dont la taille ne correspond pas à l’étiquette</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a program inside</source>
        <translation>
            <numerusform>%n contenant un programme</numerusform>
            <numerusform>%n contenant un programme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a film inside</source>
        <translation>
            <numerusform>%n ne contenant aucun film</numerusform>
            <numerusform>%n ne contenant aucun film</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked or packed</source>
        <translation>
            <numerusform>%n verrouillé ou compressé</numerusform>
            <numerusform>%n verrouillés ou compressés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of what is not out yet</source>
        <translation>
            <numerusform>%n pas encore sorti</numerusform>
            <numerusform>%n pas encore sortis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n against your rules</source>
        <translation>
            <numerusform>%n contraire à vos règles</numerusform>
            <numerusform>%n contraires à vos règles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n you refused</source>
        <translation>
            <numerusform>%n que vous avez refusé</numerusform>
            <numerusform>%n que vous avez refusés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeDevices</name>
    <message>
        <source>Screens</source>
        <translation>Écrans</translation>
    </message>
    <message>
        <source>Networks to look in</source>
        <translation>Réseaux où chercher</translation>
    </message>
    <message>
        <source>Finding them</source>
        <translation>Les trouver</translation>
    </message>
    <message>
        <source>For TVs, consoles and phones of your home</source>
        <translation>Pour les téléviseurs, consoles et téléphones de la maison</translation>
    </message>
    <message>
        <source>Devices that asked</source>
        <translation>Appareils qui ont demandé</translation>
    </message>
    <message>
        <source>What they may see</source>
        <translation>Ce qu&apos;ils peuvent voir</translation>
    </message>
    <message>
        <source>Your TVs cannot be looked for now</source>
        <translation>Impossible de chercher vos téléviseurs pour l&apos;instant</translation>
    </message>
    <message>
        <source>The list of devices cannot be read now</source>
        <translation>La liste des appareils ne peut pas être lue pour l&apos;instant</translation>
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
        <source>For you</source>
        <translation>Pour vous</translation>
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
        <source>Because you watched {title}</source>
        <translation>Parce que vous avez regardé {title}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Play on another screen</source>
        <translation>Lire sur un autre écran</translation>
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
    <name>Invitation</name>
    <message>
        <source>Why time runs slower in your kitchen</source>
        <translation>Pourquoi le temps passe moins vite dans votre cuisine</translation>
    </message>
    <message>
        <source>What the video is about</source>
        <translation>De quoi parle la vidéo</translation>
    </message>
    <message>
        <source>Make the video</source>
        <translation>Faire la vidéo</translation>
    </message>
    <message>
        <source>Choose voice, look and more</source>
        <translation>Choisir la voix, le style et le reste</translation>
    </message>
    <message>
        <source>A topic becomes a video</source>
        <translation>Un sujet devient une vidéo</translation>
    </message>
    <message>
        <source>Write what it should be about. Script, voice, pictures, music and montage are made on this device, free.</source>
        <translation>Écrivez de quoi elle doit parler. Scénario, voix, images, musique et montage sont faits sur cet appareil, gratuitement.</translation>
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
    <name>KeepsFocus</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
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
        <source>A title, or “films like Inception”</source>
        <translation>Un titre, ou « des films comme Inception »</translation>
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
        <source>Play on another screen</source>
        <translation>Lire sur un autre écran</translation>
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
    <name>LimitRow</name>
    <message>
        <source>No limit</source>
        <translation>Aucune</translation>
    </message>
    <message>
        <source>Remove the limit: {0}</source>
        <translation>Retirer la limite : {0}</translation>
    </message>
</context>
<context>
    <name>LimitsCard</name>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
</context>
<context>
    <name>LinkCard</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Révoquer</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Nobody reaches it: this station is in no network of a home.</source>
        <translation>Personne ne peut l’ouvrir : cette station n’est dans aucun réseau domestique.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Le rouvrir</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>{0} of {1} used</source>
        <translation>{0} utilisés sur {1}</translation>
    </message>
    <message>
        <source>Used {0} times</source>
        <translation>Utilisé {0} fois</translation>
    </message>
    <message>
        <source>Used once</source>
        <translation>Utilisé une fois</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>Pas encore utilisé</translation>
    </message>
    <message>
        <source>{0} recipients</source>
        <translation>{0} destinataires</translation>
    </message>
    <message>
        <source>{0} devices each</source>
        <translation>{0} appareils chacun</translation>
    </message>
    <message>
        <source>one device each</source>
        <translation>un appareil chacun</translation>
    </message>
    <message>
        <source>Nobody opened it yet</source>
        <translation>Personne ne l’a encore ouvert</translation>
    </message>
    <message>
        <source>opened {0} ×</source>
        <translation>ouvert {0} ×</translation>
    </message>
    <message>
        <source>played {0} ×</source>
        <translation>lu {0} ×</translation>
    </message>
    <message>
        <source>{0} sent</source>
        <translation>{0} envoyés</translation>
    </message>
    <message>
        <source>last {moment}</source>
        <translation>dernière fois {moment}</translation>
    </message>
    <message>
        <source>Opens {moment}</source>
        <translation>S’ouvre {moment}</translation>
    </message>
    <message>
        <source>Never ends by itself</source>
        <translation>Ne se termine jamais de lui-même</translation>
    </message>
    <message>
        <source>Ended {moment}</source>
        <translation>Terminé {moment}</translation>
    </message>
    <message>
        <source>Ends {moment}</source>
        <translation>Se termine {moment}</translation>
    </message>
    <message>
        <source>Taken back for good</source>
        <translation>Retiré définitivement</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvert</translation>
    </message>
    <message>
        <source>Its time has not come</source>
        <translation>Son heure n’est pas venue</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>Épuisé</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Révoqué</translation>
    </message>
    <message>
        <source>Held: the clock was set back</source>
        <translation>Retenu&#xa0;: l’horloge a été reculée</translation>
    </message>
</context>
<context>
    <name>LinkDaysView</name>
    <message>
        <source>From the first visit on, you see here day by day what was made of it.</source>
        <translation>Dès la première visite, vous voyez ici jour par jour ce qui en a été fait.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Ouvertures</translation>
    </message>
    <message>
        <source>Played</source>
        <translation>Lectures</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>Jour par jour</translation>
    </message>
    <message>
        <source>all recipients together</source>
        <translation>tous les destinataires ensemble</translation>
    </message>
    <message>
        <source>The days cannot be shown now. {0}</source>
        <translation>Les jours ne peuvent pas être affichés pour l’instant. {0}</translation>
    </message>
    <message>
        <source>{0} in all, at most {1} in a day</source>
        <translation>{0} en tout, {1} au plus en un jour</translation>
    </message>
    <message>
        <source>Opened day by day</source>
        <translation>Ouvertures jour par jour</translation>
    </message>
    <message>
        <source>Played day by day</source>
        <translation>Lectures jour par jour</translation>
    </message>
    <message>
        <source>Downloaded day by day</source>
        <translation>Téléchargements jour par jour</translation>
    </message>
    <message>
        <source>Sent day by day</source>
        <translation>Envoyé jour par jour</translation>
    </message>
    <message>
        <source>opened {0} ×</source>
        <translation>ouvert {0} ×</translation>
    </message>
    <message>
        <source>played {0} ×</source>
        <translation>lu {0} ×</translation>
    </message>
    <message>
        <source>downloaded {0} ×</source>
        <translation>téléchargé {0}&#xa0;×</translation>
    </message>
    <message>
        <source>{0} sent</source>
        <translation>{0} envoyés</translation>
    </message>
    <message>
        <source>nobody came</source>
        <translation>personne n’est venu</translation>
    </message>
</context>
<context>
    <name>LinkForm</name>
    <message>
        <source>New link</source>
        <translation>Nouveau lien</translation>
    </message>
    <message>
        <source>Choose a film or video</source>
        <translation>Choisir un film ou une vidéo</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Un dossier</translation>
    </message>
    <message>
        <source>Make the link</source>
        <translation>Créer le lien</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Regarder</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Télécharger</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Les deux</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 heures</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 jours</translation>
    </message>
    <message>
        <source>Until I end it</source>
        <translation>Jusqu’à ce que j’y mette fin</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>À quel rythme</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n fois</numerusform>
            <numerusform>%n fois</numerusform>
        </translation>
    </message>
    <message>
        <source>Any number of times</source>
        <translation>Autant de fois qu’on veut</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n appareil</numerusform>
            <numerusform>%n appareils</numerusform>
        </translation>
    </message>
    <message>
        <source>Any number of devices</source>
        <translation>Autant d’appareils qu’on veut</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Film night: Metropolis</source>
        <translation>Soirée film : Metropolis</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>free</source>
        <translation>gratuit</translation>
    </message>
    <message>
        <source>Payment link</source>
        <translation>Lien de paiement</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Destinataires</translation>
    </message>
    <message>
        <source>What those who get it see</source>
        <translation>Ce que voient ceux qui le reçoivent</translation>
    </message>
    <message>
        <source>It lets them</source>
        <translation>Il leur permet de</translation>
    </message>
    <message>
        <source>It opens</source>
        <translation>Il s’ouvre</translation>
    </message>
    <message>
        <source>It is open for</source>
        <translation>Il est ouvert</translation>
    </message>
    <message>
        <source>Each recipient</source>
        <translation>Pour chaque destinataire</translation>
    </message>
    <message>
        <source>As text; you are paid by a link of your own</source>
        <translation>En texte ; vous êtes payé par un lien à vous</translation>
    </message>
    <message>
        <source>Shown on the page of the film</source>
        <translation>Affiché sur la page du film</translation>
    </message>
    <message>
        <source>One a line, each gets an address of their own. Nobody: one for all.</source>
        <translation>Un par ligne, chacun reçoit une adresse à lui. Personne : une seule pour tous.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Choose first what it leads to.</source>
        <translation>Choisissez d’abord vers quoi il mène.</translation>
    </message>
</context>
<context>
    <name>LinkPanel</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Destinataire</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tout le monde</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy with words</source>
        <translation>Copier avec un texte</translation>
    </message>
    <message>
        <source>Save the code</source>
        <translation>Enregistrer le code</translation>
    </message>
    <message>
        <source>Card to print</source>
        <translation>Carte à imprimer</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>À qui</translation>
    </message>
    <message>
        <source>an address, or a chat</source>
        <translation>une adresse, ou une discussion</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Par</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>Réadmettre</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>Exclure</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>LinksCard</name>
    <message>
        <source>Ends every address that was ever given out, at once and for good.</source>
        <translation>Met fin à toutes les adresses déjà données, aussitôt et définitivement.</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) are given out now.</source>
        <translation>
            <numerusform>%n lien est donné en ce moment.</numerusform>
            <numerusform>%n liens sont donnés en ce moment.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take all back</source>
        <translation>Tout retirer</translation>
    </message>
    <message>
        <source>Links in wrong hands</source>
        <translation>Liens en de mauvaises mains</translation>
    </message>
    <message>
        <source>New keys, revoke</source>
        <translation>Nouvelles clés, révoquer</translation>
    </message>
</context>
<context>
    <name>LinksCards</name>
    <message>
        <source>All links are taken back</source>
        <translation>Tous les liens sont retirés</translation>
    </message>
    <message>
        <source>Links are open again</source>
        <translation>Les liens s’ouvrent à nouveau</translation>
    </message>
    <message>
        <source>What was given out</source>
        <translation>Ce qui a été donné</translation>
    </message>
</context>
<context>
    <name>LinksView</name>
    <message>
        <source>New link</source>
        <translation>Nouveau lien</translation>
    </message>
    <message>
        <source>Give a film, not your library</source>
        <translation>Donnez un film, pas votre bibliothèque</translation>
    </message>
    <message>
        <source>A link opens one film, video or folder for whom you choose: until a day, so many times, free or for a price of yours. You can take it back at once.</source>
        <translation>Un lien ouvre un film, une vidéo ou un dossier pour qui vous voulez : jusqu’à un jour, tant de fois, gratuitement ou à votre prix. Vous pouvez le reprendre aussitôt.</translation>
    </message>
    <message>
        <source>The links cannot be shown now</source>
        <translation>Les liens ne peuvent pas être affichés maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) open now</source>
        <translation>
            <numerusform>%n lien ouvert maintenant</numerusform>
            <numerusform>%n liens ouverts maintenant</numerusform>
        </translation>
    </message>
    <message>
        <source>No link opens now</source>
        <translation>Aucun lien ne s’ouvre en ce moment</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>En afficher %n de plus</numerusform>
            <numerusform>En afficher %n de plus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogBar</name>
    <message>
        <source>Find in the log</source>
        <translation>Chercher dans le journal</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Suivre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Bundle for a bug report</source>
        <translation>Dossier pour un rapport de panne</translation>
    </message>
    <message>
        <source>Keep the newest line in view (End)</source>
        <translation>Garder la ligne la plus récente à l’écran (Fin)</translation>
    </message>
    <message>
        <source>Show nothing new for now (Space)</source>
        <translation>Ne rien montrer de nouveau pour l’instant (Espace)</translation>
    </message>
    <message>
        <source>Everything a developer needs, without your secrets</source>
        <translation>Tout ce qu’il faut à un développeur, sans vos secrets</translation>
    </message>
</context>
<context>
    <name>LogCard</name>
    <message>
        <source>Live log</source>
        <translation>Journal en direct</translation>
    </message>
</context>
<context>
    <name>LogDetails</name>
    <message>
        <source>A line of the log</source>
        <translation>Une ligne du journal</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>The whole text</source>
        <translation>Le texte entier</translation>
    </message>
</context>
<context>
    <name>LogList</name>
    <message>
        <source>Live log</source>
        <translation>Journal en direct</translation>
    </message>
    <message>
        <source>{0}, with more</source>
        <translation>{0}, avec une suite</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
    <message>
        <source>Nothing yet: the video was not begun.</source>
        <translation>Rien pour l’instant&#xa0;: la vidéo n’est pas commencée.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>LogTail</name>
    <message>
        <source>Live log</source>
        <translation>Journal en direct</translation>
    </message>
    <message>
        <source>Open the live log</source>
        <translation>Ouvrir le journal en direct</translation>
    </message>
    <message>
        <source>Nothing of this kind was written yet.</source>
        <translation>Rien de tel n’a encore été écrit.</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Nothing yet</source>
        <translation>Rien encore</translation>
    </message>
    <message>
        <source>Show all parts and words</source>
        <translation>Montrer toutes les parties et tous les mots</translation>
    </message>
    <message numerus="yes">
        <source>%n lines copied</source>
        <translation>
            <numerusform>%n ligne copiée</numerusform>
            <numerusform>%n lignes copiées</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Enregistré : {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>paused, %n new since</source>
        <translation>
            <numerusform>en pause, %n nouvelle depuis</numerusform>
            <numerusform>en pause, %n nouvelles depuis</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>No line fits this filter</source>
        <translation>Aucune ligne ne correspond à ce filtre</translation>
    </message>
    <message>
        <source>New ones that do appear here.</source>
        <translation>Les nouvelles qui correspondent apparaîtront ici.</translation>
    </message>
    <message>
        <source>What the station does is written down here.</source>
        <translation>Ce que fait la station est noté ici.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Tout montrer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Only {0}</source>
        <translation>Seulement {0}</translation>
    </message>
    <message>
        <source>The report is in {0}. Have a look at it before you send it.</source>
        <translation>Le rapport est dans {0}. Regardez-le avant de l’envoyer.</translation>
    </message>
</context>
<context>
    <name>MadeWith</name>
    <message>
        <source>this device</source>
        <translation>cet appareil</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Règles</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Style</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Niveau sonore</translation>
    </message>
</context>
<context>
    <name>MakersCard</name>
    <message>
        <source>Listen</source>
        <translation>Écouter</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Fait avec</translation>
    </message>
    <message>
        <source>Captions, word by word</source>
        <translation>Sous-titres, mot à mot</translation>
    </message>
    <message>
        <source>Imported by hand</source>
        <translation>À importer soi-même</translation>
    </message>
    <message>
        <source>No clips</source>
        <translation>Sans séquences</translation>
    </message>
    <message>
        <source>No avatar</source>
        <translation>Sans avatar</translation>
    </message>
    <message>
        <source>The best voice here</source>
        <translation>La meilleure voix d’ici</translation>
    </message>
    <message>
        <source>The best writer here</source>
        <translation>Le meilleur rédacteur d’ici</translation>
    </message>
</context>
<context>
    <name>MeaningStrip</name>
    <message>
        <source>Only titles</source>
        <translation>Titres seulement</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) match. After them: what comes close in meaning.</source>
        <translation>
            <numerusform>%n titre correspond. Ensuite : ce qui est proche par le sens.</numerusform>
            <numerusform>%n titres correspondent. Ensuite : ce qui est proche par le sens.</numerusform>
        </translation>
    </message>
    <message>
        <source>No title matches. These fit by their words, genres and people.</source>
        <translation>Aucun titre ne correspond. Ceux-ci conviennent par leurs mots, genres et personnes.</translation>
    </message>
    <message>
        <source>No title matches. These come closest in meaning.</source>
        <translation>Aucun titre ne correspond. Ceux-ci sont les plus proches par le sens.</translation>
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
        <source>{host} sent far more than expected. Nothing of it was kept.</source>
        <translation>{host} a envoyé bien plus que prévu. Rien n’en a été conservé.</translation>
    </message>
    <message>
        <source>{host} answered something that cannot be understood. Try again later.</source>
        <translation>La réponse de {host} est incompréhensible. Réessayez plus tard.</translation>
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
        <source>There is no part of the station called {part}.</source>
        <translation>Aucune partie de la station ne s’appelle {part}.</translation>
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
        <source>{plugin}: add the first one in Settings, Sources.</source>
        <translation>{plugin}&#xa0;: commencez par un ajout dans les Réglages, Sources.</translation>
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
        <source>{plugin} belongs to the station: it can be switched off, not removed.</source>
        <translation>{plugin} fait partie de la station&#xa0;: on peut désactiver cette extension, pas la retirer.</translation>
    </message>
    <message>
        <source>There can be only one {plugin}.</source>
        <translation>{plugin} ne peut être là qu’une fois.</translation>
    </message>
    <message>
        <source>{plugin} did not answer in time.</source>
        <translation>{plugin} n’a pas répondu à temps.</translation>
    </message>
    <message>
        <source>There are {most} of these already. Remove one first.</source>
        <translation>Il y a déjà {most} sources de ce genre. Retirez-en d’abord une.</translation>
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
        <source>{host} wanted what was sent to it to go on to {other}. That was not done: see whether the address in the settings is right.</source>
        <translation>{host} voulait que ce qui lui a été envoyé soit transmis à {other}. Cela n&apos;a pas été fait : vérifiez l&apos;adresse dans les réglages.</translation>
    </message>
    <message>
        <source>{host} asks for a pause. Try again in a while.</source>
        <translation>{host} demande une pause. Réessayez dans un moment.</translation>
    </message>
    <message>
        <source>{host} cannot prove that it is itself: its certificate has ended or is not trusted.</source>
        <translation>{host} ne peut pas prouver son identité&#xa0;: son certificat a expiré ou n’est pas fiable.</translation>
    </message>
    <message>
        <source>{host} has a problem of its own ({status}). Try again later.</source>
        <translation>{host} a lui-même un problème ({status}). Réessayez plus tard.</translation>
    </message>
    <message>
        <source>{host} sends us round in circles.</source>
        <translation>{host} nous fait tourner en rond.</translation>
    </message>
    <message>
        <source>{host} does not have this.</source>
        <translation>{host} n’a pas cela.</translation>
    </message>
    <message>
        <source>{host} refused the request ({status}).</source>
        <translation>{host} a refusé la demande ({status}).</translation>
    </message>
    <message>
        <source>{host} is too slow to answer just now. Try again.</source>
        <translation>{host} est trop lent pour répondre en ce moment. Réessayez.</translation>
    </message>
    <message>
        <source>{host} wants you to sign in. Enter your account in Settings.</source>
        <translation>{host} demande une connexion. Saisissez votre compte dans les Réglages.</translation>
    </message>
    <message>
        <source>{host} does not answer. Check the connection; it is tried again.</source>
        <translation>{host} ne répond pas. Vérifiez la connexion ; un nouvel essai aura lieu.</translation>
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
    <message>
        <source>This magnet link is not complete. Copy it anew, as a whole.</source>
        <translation>Ce lien magnet est incomplet. Copiez-le de nouveau, en entier.</translation>
    </message>
    <message>
        <source>This is one file, not a torrent: there is no list of files to look at.</source>
        <translation>C’est un seul fichier, pas un torrent&#xa0;: il n’y a pas de liste de fichiers à voir.</translation>
    </message>
    <message>
        <source>Nothing here can be played yet. Try other words, or add a source in Settings, Sources.</source>
        <translation>Rien ici ne peut encore être lu. Essayez d’autres mots, ou ajoutez une source dans les Réglages, Sources.</translation>
    </message>
    <message>
        <source>Type what you look for first.</source>
        <translation>Saisissez d’abord ce que vous cherchez.</translation>
    </message>
    <message>
        <source>This search was too long ago. Search again.</source>
        <translation>Cette recherche est trop ancienne. Relancez-la.</translation>
    </message>
    <message>
        <source>There is no source {source}. There are: {known}.</source>
        <translation>Il n’y a pas de source {source}. Il y a&#xa0;: {known}.</translation>
    </message>
    <message>
        <source>The stream was closed. Press Play to go on where you were.</source>
        <translation>Le flux a été fermé. Appuyez sur Lire pour reprendre où vous en étiez.</translation>
    </message>
    <message>
        <source>{host} sent a web page in place of the film. Try another source of it.</source>
        <translation>{host} a envoyé une page web à la place du film. Essayez une autre de ses sources.</translation>
    </message>
    <message>
        <source>This stream is locked with DRM, which Sokoul does not touch. Choose another source.</source>
        <translation>Ce flux est verrouillé par DRM, à quoi Sokoul ne touche pas. Choisissez une autre source.</translation>
    </message>
    <message>
        <source>{host} does not give this stream to everybody, or no longer. Try another source of it.</source>
        <translation>{host} ne donne pas ce flux à tout le monde, ou ne le donne plus. Essayez une autre source.</translation>
    </message>
    <message>
        <source>What {host} sent is no film. Try another source of it.</source>
        <translation>Ce que {host} a envoyé n’est pas un film. Essayez une autre source.</translation>
    </message>
    <message>
        <source>This was found too long ago to be played from here. Search for it again.</source>
        <translation>Ce résultat est trop ancien pour être lu d’ici. Relancez la recherche.</translation>
    </message>
    <message>
        <source>The torrent file is damaged. Choose another source.</source>
        <translation>Le fichier torrent est endommagé. Choisissez une autre source.</translation>
    </message>
    <message>
        <source>What is inside this torrent is not what it claims to be, so nothing of it was fetched.</source>
        <translation>Le contenu de ce torrent n’est pas celui annoncé&#xa0;: rien n’en a été téléchargé.</translation>
    </message>
    <message>
        <source>There is no film inside this torrent, so nothing of it was fetched.</source>
        <translation>Ce torrent ne contient aucun film&#xa0;: rien n’en a été téléchargé.</translation>
    </message>
    <message>
        <source>This torrent holds only packed archives, so nothing of it was fetched.</source>
        <translation>Ce torrent ne contient que des archives compressées&#xa0;: rien n’en a été téléchargé.</translation>
    </message>
    <message>
        <source>There is a program inside this torrent, so nothing of it was fetched.</source>
        <translation>Ce torrent contient un programme&#xa0;: rien n’en a été téléchargé.</translation>
    </message>
    <message>
        <source>Nobody who has this torrent answered within {seconds} s. Try again later, or choose a source with more people.</source>
        <translation>Aucun de ceux qui ont ce torrent n’a répondu en {seconds} s. Réessayez plus tard, ou choisissez une source plus fréquentée.</translation>
    </message>
    <message>
        <source>The VPN {interface} is away, so nobody was asked what is in this torrent. Try again when it is back.</source>
        <translation>Le VPN {interface} est absent : personne n&apos;a été interrogé sur ce torrent. Réessayez à son retour.</translation>
    </message>
    <message>
        <source>The torrent file is far larger than such files are, and was not read.</source>
        <translation>Ce fichier torrent est bien plus grand que ne le sont ces fichiers&#xa0;; il n’a pas été lu.</translation>
    </message>
    <message>
        <source>This torrent lists more than {most} files, and was not read.</source>
        <translation>Ce torrent annonce plus de {most} fichiers&#xa0;; il n’a pas été lu.</translation>
    </message>
    <message>
        <source>Torrents cannot be played here yet. Choose a source that plays at once.</source>
        <translation>Les torrents ne peuvent pas encore être lus ici. Choisissez une source qui se lit tout de suite.</translation>
    </message>
    <message>
        <source>Looking for news of what you follow.</source>
        <translation>Recherche de nouveautés dans ce que vous suivez.</translation>
    </message>
    <message>
        <source>{title}, which you follow, can be found now.</source>
        <translation>{title}, que vous suivez, est maintenant disponible.</translation>
    </message>
    <message>
        <source>There is something new of {title}: {what}.</source>
        <translation>Du nouveau pour {title}&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>“{selector}” is not a CSS selector. Correct it in the options of the site.</source>
        <translation>«&#xa0;{selector}&#xa0;» n’est pas un sélecteur CSS. Corrigez-le dans les options du site.</translation>
    </message>
    <message>
        <source>There is no browser to visit pages with. Install the package chromium and try again.</source>
        <translation>Il n’y a pas de navigateur pour visiter les pages. Installez le paquet chromium, puis réessayez.</translation>
    </message>
    <message>
        <source>The browser that visits pages did not start. The log tells why. Installing the package chromium anew may help.</source>
        <translation>Le navigateur qui visite les pages n’a pas démarré. Le journal en donne la cause. Réinstaller le paquet chromium peut aider.</translation>
    </message>
    <message>
        <source>{name} could not answer: “{detail}”. If this stays so, look at it where it is managed.</source>
        <translation>{name} n’a pas pu répondre&#xa0;: «&#xa0;{detail}&#xa0;». Si cela persiste, voyez là où il est géré.</translation>
    </message>
    <message>
        <source>The indexer {name} is not there any more. It was removed or switched off where it is managed.</source>
        <translation>L’indexeur {name} n’est plus là. Il a été retiré ou désactivé là où il est géré.</translation>
    </message>
    <message>
        <source>There is a key in this address. Enter the address without it, and the key in its own field, where it is kept safely.</source>
        <translation>Cette adresse contient une clé. Saisissez l’adresse sans elle, et la clé dans son propre champ, où elle est conservée en sûreté.</translation>
    </message>
    <message>
        <source>{name} does not accept the API key. Copy it anew from its own page into Settings, Plugins.</source>
        <translation>{name} refuse la clé d’API. Copiez-la de nouveau de sa page dans les Réglages, Extensions.</translation>
    </message>
    <message>
        <source>Something answers at {host}, but it is neither an indexer nor a manager of indexers. Check the address.</source>
        <translation>Quelque chose répond à {host}, mais ce n’est ni un indexeur ni un gestionnaire d’indexeurs. Vérifiez l’adresse.</translation>
    </message>
    <message>
        <source>This indexer rests, because it failed several times or was switched off where it is managed. It is asked again afterwards.</source>
        <translation>Cet indexeur est au repos&#xa0;: il a échoué plusieurs fois, ou a été désactivé là où il est géré. Il sera interrogé de nouveau ensuite.</translation>
    </message>
    <message>
        <source>This comes from Usenet, from which Sokoul does not download. Choose another source.</source>
        <translation>Ceci vient d’Usenet, d’où Sokoul ne télécharge pas. Choisissez une autre source.</translation>
    </message>
    <message>
        <source>The list of channels of {host} is still on its way. Try again in a moment.</source>
        <translation>La liste des chaînes de {host} est encore en route. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>This page of {host} plays nothing that can be played here. Try another result, or name what to press in the options of the site.</source>
        <translation>Cette page de {host} ne diffuse rien qui puisse être lu ici. Essayez un autre résultat, ou indiquez sur quoi appuyer dans les options du site.</translation>
    </message>
    <message>
        <source>This broadcast of {host} is not on the air right now. Try again later.</source>
        <translation>Cette émission de {host} n’est pas à l’antenne en ce moment. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The page of {host} could not be opened. Try again later.</source>
        <translation>La page de {host} n’a pas pu s’ouvrir. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The page of {host} did not open in time. Try again later.</source>
        <translation>La page de {host} ne s’est pas ouverte à temps. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The search address does not say where the words go. Write query, title or slug in curly brackets at that place.</source>
        <translation>L’adresse de recherche ne dit pas où vont les mots. Écrivez query, title ou slug entre accolades à cet endroit.</translation>
    </message>
    <message>
        <source>{host} sends its visitors to {page}. If the site has moved, change its address in Settings, Plugins.</source>
        <translation>{host} envoie ses visiteurs vers {page}. Si le site a déménagé, changez son adresse dans les Réglages, Extensions.</translation>
    </message>
    <message>
        <source>This page does not belong to {host} and is not visited.</source>
        <translation>Cette page n’appartient pas à {host} et n’est pas visitée.</translation>
    </message>
    <message>
        <source>{host} lets only people in at the moment. Try again later, or name a FlareSolverr of yours in the options of the site.</source>
        <translation>{host} ne laisse entrer que des personnes pour l’instant. Réessayez plus tard, ou indiquez un FlareSolverr à vous dans les options du site.</translation>
    </message>
    <message>
        <source>FlareSolverr was not let in by {host} either. Try again later.</source>
        <translation>{host} n’a pas laissé entrer FlareSolverr non plus. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>What answers at {host} is not FlareSolverr. Check its address in the options of the site.</source>
        <translation>Ce qui répond à {host} n’est pas FlareSolverr. Vérifiez son adresse dans les options du site.</translation>
    </message>
    <message>
        <source>{host} refused to answer: what was asked for is not open to everybody there.</source>
        <translation>{host} a refusé de répondre&#xa0;: ce qui a été demandé n’y est pas ouvert à tous.</translation>
    </message>
    <message>
        <source>Others go first. It starts by itself when its turn comes.</source>
        <translation>D’autres passent avant. Il commence de lui-même quand vient son tour.</translation>
    </message>
    <message>
        <source>Torrents use {interface} and nothing else, and it is not there. They go on by themselves once it is back.</source>
        <translation>Les torrents passent par {interface} et rien d’autre, et il est absent. Ils continuent d’eux-mêmes à son retour.</translation>
    </message>
    <message>
        <source>Only torrents can be checked. A file from a web server is compared when it is complete.</source>
        <translation>Seuls les torrents se vérifient. Un fichier d’un serveur web est comparé une fois complet.</translation>
    </message>
    <message>
        <source>{name} arrived damaged: it is not the file {host} promised. It was thrown away; press Retry to fetch it anew.</source>
        <translation>{name} est arrivé endommagé&#xa0;: ce n’est pas le fichier annoncé par {host}. Il a été jeté&#xa0;; appuyez sur Réessayer pour le reprendre.</translation>
    </message>
    <message>
        <source>A checksum of the kind {name} is not known here. SHA-256, SHA-1 and MD5 are.</source>
        <translation>Une somme de contrôle {name} n’est pas connue ici. SHA-256, SHA-1 et MD5 le sont.</translation>
    </message>
    <message>
        <source>The disk of {folder} is not there. What was fetched is kept; plug it in and it goes on by itself.</source>
        <translation>Le disque de {folder} est absent. Ce qui est arrivé est gardé&#xa0;; branchez-le et tout continue.</translation>
    </message>
    <message>
        <source>The disk of {folder} refused to be written to ({reason}). What was fetched is kept; check the disk, then press Retry.</source>
        <translation>Le disque de {folder} a refusé l’écriture ({reason}). Ce qui est arrivé est gardé&#xa0;; vérifiez le disque, puis appuyez sur Réessayer.</translation>
    </message>
    <message>
        <source>There is not enough space in {folder}. What was fetched is kept; make room and it goes on by itself, or move it to another folder.</source>
        <translation>Il n’y a pas assez de place dans {folder}. Ce qui est arrivé est gardé&#xa0;; faites de la place et tout continue, ou déplacez-le dans un autre dossier.</translation>
    </message>
    <message>
        <source>{folder} can only be read just now. What was fetched is kept; it goes on once the disk can be written to.</source>
        <translation>{folder} ne peut qu’être lu en ce moment. Ce qui est arrivé est gardé&#xa0;; tout continue dès que l’écriture est possible.</translation>
    </message>
    <message>
        <source>The disk did not answer within {seconds} s. What was fetched is kept; try again in a moment.</source>
        <translation>Le disque n’a pas répondu en {seconds}&#xa0;s. Ce qui est arrivé est gardé&#xa0;; réessayez dans un instant.</translation>
    </message>
    <message>
        <source>{name} is being fetched by another program. End that one, then press Retry.</source>
        <translation>{name} est téléchargé par un autre programme. Fermez-le, puis appuyez sur Réessayer.</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Start it again to go on where it was.</source>
        <translation>Le téléchargement de {name} a été arrêté. Relancez-le pour continuer où il en était.</translation>
    </message>
    <message>
        <source>The files of {name} are not where they were. If they are on a disk that was unplugged, plug it in.</source>
        <translation>Les fichiers de {name} ne sont plus à leur place. S’ils sont sur un disque débranché, branchez-le.</translation>
    </message>
    <message>
        <source>{folder} is not there. If it is on a disk that was unplugged, plug it in and press Retry.</source>
        <translation>{folder} est absent. S’il est sur un disque débranché, branchez-le et appuyez sur Réessayer.</translation>
    </message>
    <message>
        <source>This download was stopped while it was played. Start it again to go on where you were.</source>
        <translation>Ce téléchargement a été arrêté pendant la lecture. Relancez-le pour reprendre où vous en étiez.</translation>
    </message>
    <message>
        <source>{name} is in the list already.</source>
        <translation>{name} est déjà dans la liste.</translation>
    </message>
    <message>
        <source>There is a file {name} in {folder} already. Nothing was moved; choose another folder.</source>
        <translation>Il y a déjà un fichier {name} dans {folder}. Rien n’a été déplacé&#xa0;; choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>This download has no such file.</source>
        <translation>Ce téléchargement n’a pas ce fichier.</translation>
    </message>
    <message>
        <source>There is nothing to play in {name}. Open its folder to see what it holds.</source>
        <translation>Il n’y a rien à lire dans {name}. Ouvrez son dossier pour voir ce qu’il contient.</translation>
    </message>
    <message>
        <source>{name} is a program, and programs are never written to your disk.</source>
        <translation>{name} est un programme, et les programmes ne sont jamais écrits sur votre disque.</translation>
    </message>
    <message>
        <source>{name} was stopped. Let it go on, then play it.</source>
        <translation>{name} a été arrêté. Reprenez-le, puis lisez-le.</translation>
    </message>
    <message>
        <source>This download is not in the list any more.</source>
        <translation>Ce téléchargement n’est plus dans la liste.</translation>
    </message>
    <message>
        <source>{host} gives another file each time it is asked. Try again later, or choose another source.</source>
        <translation>{host} donne un autre fichier à chaque demande. Réessayez plus tard, ou choisissez une autre source.</translation>
    </message>
    <message>
        <source>The disk of {folder} cannot hold files this large. Move the download to another disk.</source>
        <translation>Le disque de {folder} ne peut pas contenir de fichiers aussi grands. Déplacez le téléchargement sur un autre disque.</translation>
    </message>
    <message>
        <source>{name} is here, but could not be put into {folder}. It stays where it was fetched to.</source>
        <translation>{name} est arrivé, mais n’a pas pu être mis dans {folder}. Il reste où il est arrivé.</translation>
    </message>
    <message>
        <source>Nothing may be written into {folder}. Change its permissions, or choose another folder.</source>
        <translation>Rien ne peut être écrit dans {folder}. Changez ses droits, ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Il n’y a pas de fichier {path}.</translation>
    </message>
    <message>
        <source>This is no link that can be fetched. Magnet links, web addresses and .torrent files are.</source>
        <translation>Ce n’est pas un lien qui se télécharge. Les liens magnet, les adresses web et les fichiers .torrent le sont.</translation>
    </message>
    <message>
        <source>{host} does not say how long the film is, so it plays once it is complete.</source>
        <translation>{host} ne dit pas la taille du film&#xa0;: il se lira une fois complet.</translation>
    </message>
    <message>
        <source>{host} has another file by now. It is fetched from its beginning.</source>
        <translation>{host} a maintenant un autre fichier. Il est repris depuis le début.</translation>
    </message>
    <message>
        <source>{host} has another file than was promised: its size is not the same. Choose another source.</source>
        <translation>{host} a un autre fichier que celui annoncé&#xa0;: sa taille diffère. Choisissez une autre source.</translation>
    </message>
    <message>
        <source>{host} gave no part of this stream. Try again later, or choose another source.</source>
        <translation>{host} n’a donné aucun morceau de ce flux. Réessayez plus tard, ou choisissez une autre source.</translation>
    </message>
    <message>
        <source>This stream has more than {most} parts, and was not fetched.</source>
        <translation>Ce flux a plus de {most} morceaux&#xa0;; il n’a pas été téléchargé.</translation>
    </message>
    <message>
        <source>There are {most} downloads in the list, which is as many as it holds. Remove some first.</source>
        <translation>Il y a {most} téléchargements dans la liste&#xa0;: elle est pleine. Retirez-en d’abord.</translation>
    </message>
    <message>
        <source>This torrent stopped ({reason}). What was fetched is kept; press Retry.</source>
        <translation>Ce torrent s’est arrêté ({reason}). Ce qui est arrivé est gardé&#xa0;; appuyez sur Réessayer.</translation>
    </message>
    <message>
        <source>{name} cannot be read. Check that it is still there and may be opened.</source>
        <translation>{name} ne peut pas être lu. Vérifiez qu’il est toujours là et peut être ouvert.</translation>
    </message>
    <message>
        <source>This is a link inside the torrent, and such links are never written to your disk.</source>
        <translation>C’est un lien dans le torrent, et ces liens ne sont jamais écrits sur votre disque.</translation>
    </message>
    <message>
        <source>Torrents are not running just now. Try again in a moment.</source>
        <translation>Les torrents ne tournent pas en ce moment. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>Somebody sent damaged parts. They were thrown away and are fetched again from others.</source>
        <translation>Quelqu’un a envoyé des morceaux endommagés. Ils ont été jetés et sont repris chez d’autres.</translation>
    </message>
    <message>
        <source>The server cannot go on in the middle, so it was begun anew.</source>
        <translation>Le serveur ne peut pas reprendre au milieu&#xa0;: tout a recommencé.</translation>
    </message>
    <message>
        <source>The server has another file by now, so it was begun anew.</source>
        <translation>Le serveur a maintenant un autre fichier&#xa0;: tout a recommencé.</translation>
    </message>
    <message>
        <source>Some parts of this stream were missing on the server; the film jumps there.</source>
        <translation>Des morceaux de ce flux manquaient sur le serveur&#xa0;; le film y saute.</translation>
    </message>
    <message>
        <source>Some subtitles of this stream could not be had. The film is whole; search for others.</source>
        <translation>Des sous-titres de ce flux n’ont pas pu être obtenus. Le film est entier&#xa0;; cherchez-en d’autres.</translation>
    </message>
    <message>
        <source>These subtitles cannot be read. Choose other ones.</source>
        <translation>Ces sous-titres sont illisibles. Choisissez-en d’autres.</translation>
    </message>
    <message>
        <source>{name} could not be fetched. Downloads tells why.</source>
        <translation>{name} n’a pas pu être téléchargé. La page Téléchargements dit pourquoi.</translation>
    </message>
    <message>
        <source>{name} is here.</source>
        <translation>{name} est arrivé.</translation>
    </message>
    <message>
        <source>The subtitles are pictures, which it cannot show by itself.</source>
        <translation>Les sous-titres sont des images, qu&apos;il ne sait pas afficher lui-même.</translation>
    </message>
    <message>
        <source>It does not open {container} files.</source>
        <translation>Il n&apos;ouvre pas les fichiers {container}.</translation>
    </message>
    <message>
        <source>It does not play {codec} with {bits} bits of colour.</source>
        <translation>Il ne lit pas {codec} avec {bits} bits de couleur.</translation>
    </message>
    <message>
        <source>It plays this as it is.</source>
        <translation>Il lit ce film tel quel.</translation>
    </message>
    <message>
        <source>It does not show this kind of Dolby Vision.</source>
        <translation>Il n&apos;affiche pas cette sorte de Dolby Vision.</translation>
    </message>
    <message>
        <source>Some subtitles of this film always belong to the picture.</source>
        <translation>Certains sous-titres de ce film font toujours partie de l&apos;image.</translation>
    </message>
    <message>
        <source>The file tells only at its end where everything is.</source>
        <translation>Le fichier ne dit qu&apos;à la fin où tout se trouve.</translation>
    </message>
    <message>
        <source>It does not show interlaced pictures well.</source>
        <translation>Il affiche mal les images entrelacées.</translation>
    </message>
    <message>
        <source>It does not play {codec} of level {level}.</source>
        <translation>Il ne lit pas {codec} de niveau {level}.</translation>
    </message>
    <message>
        <source>It has no screen: only the sound is sent.</source>
        <translation>Il n&apos;a pas d&apos;écran : seul le son est envoyé.</translation>
    </message>
    <message>
        <source>Another sound track was chosen than the film begins with.</source>
        <translation>Une autre piste sonore que celle du début a été choisie.</translation>
    </message>
    <message>
        <source>You chose this form for it in Settings.</source>
        <translation>Vous avez choisi cette forme pour lui dans les Réglages.</translation>
    </message>
    <message>
        <source>It does not play {codec} pictures.</source>
        <translation>Il ne lit pas les images {codec}.</translation>
    </message>
    <message>
        <source>This form played well on it before.</source>
        <translation>Cette forme y a bien marché auparavant.</translation>
    </message>
    <message>
        <source>It does not play this kind of {codec}.</source>
        <translation>Il ne lit pas cette sorte de {codec}.</translation>
    </message>
    <message>
        <source>The film has more data a second than it can take.</source>
        <translation>Le film a plus de données par seconde qu&apos;il n&apos;en supporte.</translation>
    </message>
    <message>
        <source>It does not say that it plays this.</source>
        <translation>Il ne dit pas qu&apos;il lit cela.</translation>
    </message>
    <message>
        <source>It refused every gentler form before.</source>
        <translation>Il a déjà refusé toutes les formes plus douces.</translation>
    </message>
    <message>
        <source>It would show the film lying on its side.</source>
        <translation>Il afficherait le film couché.</translation>
    </message>
    <message>
        <source>It shows no picture that large.</source>
        <translation>Il n&apos;affiche pas d&apos;image aussi grande.</translation>
    </message>
    <message>
        <source>It does not play {codec} sound.</source>
        <translation>Il ne lit pas le son {codec}.</translation>
    </message>
    <message>
        <source>It cannot show these subtitles by itself.</source>
        <translation>Il ne sait pas afficher ces sous-titres lui-même.</translation>
    </message>
    <message>
        <source>It shows no picture of {height} lines.</source>
        <translation>Il n&apos;affiche pas d&apos;image de {height} lignes.</translation>
    </message>
    <message>
        <source>The device is busy with something else just now. Try again in a moment.</source>
        <translation>L&apos;appareil est occupé à autre chose. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>This device cannot do that.</source>
        <translation>Cet appareil ne sait pas faire cela.</translation>
    </message>
    <message>
        <source>The conversion of the film was ended. Press Try again to go on where it was.</source>
        <translation>La conversion du film a été arrêtée. Appuyez sur Réessayer pour reprendre au même endroit.</translation>
    </message>
    <message>
        <source>The film could not be converted for this device. Choose another form, or play it here.</source>
        <translation>Le film n&apos;a pas pu être converti pour cet appareil. Choisissez une autre forme ou lisez-le ici.</translation>
    </message>
    <message>
        <source>Several devices are meant: {names}. Name one of them.</source>
        <translation>Plusieurs appareils correspondent : {names}. Précisez-en un.</translation>
    </message>
    <message>
        <source>The device is off, or in another network. Switch it on and try again.</source>
        <translation>L&apos;appareil est éteint ou sur un autre réseau. Allumez-le et réessayez.</translation>
    </message>
    <message>
        <source>The device is not there any more. It is found again when it is switched on.</source>
        <translation>L&apos;appareil n&apos;est plus là. Il est retrouvé dès qu&apos;il est rallumé.</translation>
    </message>
    <message>
        <source>A device that is here cannot be forgotten: switch it off first.</source>
        <translation>Un appareil présent ne peut pas être oublié : éteignez-le d&apos;abord.</translation>
    </message>
    <message>
        <source>There is no device {device}. There are: {names}.</source>
        <translation>Il n&apos;y a pas d&apos;appareil {device}. Il y a : {names}.</translation>
    </message>
    <message>
        <source>The device took the film but did not play it. Choose another form, or play it here.</source>
        <translation>L&apos;appareil a pris le film mais ne l&apos;a pas lu. Choisissez une autre forme ou lisez-le ici.</translation>
    </message>
    <message>
        <source>{name} is not where it was. Plug its disk in and try again.</source>
        <translation>{name} n&apos;est plus à sa place. Branchez son disque et réessayez.</translation>
    </message>
    <message>
        <source>{device} does not answer. See whether it is on, then try again.</source>
        <translation>{device} ne répond pas. Vérifiez qu&apos;il est allumé, puis réessayez.</translation>
    </message>
    <message>
        <source>This device is not known any more. Look for devices again.</source>
        <translation>Cet appareil n&apos;est plus connu. Cherchez à nouveau les appareils.</translation>
    </message>
    <message>
        <source>There is no form in which {device} could play this. Play it on this screen.</source>
        <translation>Il n&apos;y a aucune forme dans laquelle {device} pourrait lire cela. Lisez-le sur cet écran.</translation>
    </message>
    <message>
        <source>No network of this machine reaches the device. See Settings, TVs and casting.</source>
        <translation>Aucun réseau de cette machine n&apos;atteint l&apos;appareil. Voyez Réglages, Téléviseurs et diffusion.</translation>
    </message>
    <message>
        <source>{name} is not a film or a song that can be read.</source>
        <translation>{name} n&apos;est pas un film ou un morceau lisible.</translation>
    </message>
    <message>
        <source>There is nothing to play. Choose a film first.</source>
        <translation>Il n&apos;y a rien à lire. Choisissez d&apos;abord un film.</translation>
    </message>
    <message>
        <source>Nothing plays there now.</source>
        <translation>Rien n&apos;y est en cours de lecture.</translation>
    </message>
    <message>
        <source>{most} films wait there already. Play one of them first.</source>
        <translation>{most} films y attendent déjà. Lancez-en un d’abord.</translation>
    </message>
    <message>
        <source>The device gives addresses that are not its own ({host}), so nothing is sent to it.</source>
        <translation>L&apos;appareil donne des adresses qui ne sont pas les siennes ({host}) : rien ne lui est envoyé.</translation>
    </message>
    <message>
        <source>The device refuses this film, in every form that was tried. Choose another form, or play it here.</source>
        <translation>L&apos;appareil refuse ce film, sous toutes les formes essayées. Choisissez une autre forme ou lisez-le ici.</translation>
    </message>
    <message>
        <source>These subtitles cannot be read. Choose others, or none.</source>
        <translation>Ces sous-titres sont illisibles. Choisissez-en d&apos;autres, ou aucun.</translation>
    </message>
    <message>
        <source>These subtitles are still being taken out of the film. Try again in a moment.</source>
        <translation>Ces sous-titres sont encore en cours d&apos;extraction. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>These subtitles are pictures, which cannot be sent as text.</source>
        <translation>Ces sous-titres sont des images, qui ne peuvent pas être envoyées comme du texte.</translation>
    </message>
    <message>
        <source>Several items are called {title}.</source>
        <translation>Plusieurs éléments s&apos;appellent {title}.</translation>
    </message>
    <message>
        <source>The library has nothing called {title}.</source>
        <translation>La bibliothèque n&apos;a rien qui s&apos;appelle {title}.</translation>
    </message>
    <message>
        <source>This device is not in the list any more.</source>
        <translation>Cet appareil n&apos;est plus dans la liste.</translation>
    </message>
    <message>
        <source>Port {port} and those after it are taken, so TVs cannot fetch films. Choose another in Settings, TVs and casting.</source>
        <translation>Le port {port} et les suivants sont pris : les téléviseurs ne peuvent rien charger. Choisissez-en un autre dans Réglages, Téléviseurs et diffusion.</translation>
    </message>
    <message>
        <source>This machine is not in the network of the device any more ({address}).</source>
        <translation>Cette machine n&apos;est plus dans le réseau de l&apos;appareil ({address}).</translation>
    </message>
    <message>
        <source>This picture is not there any more.</source>
        <translation>Cette image n&apos;est plus là.</translation>
    </message>
    <message>
        <source>{name} ({address}) asks to look into the library.</source>
        <translation>{name} ({address}) demande à voir la bibliothèque.</translation>
    </message>
    <message>
        <source>“{text}” is not an amount of money. Write it like 12.50.</source>
        <translation>« {text} » n’est pas une somme. Écrivez-la comme 12,50.</translation>
    </message>
    <message>
        <source>The file could not be written to {path} ({reason}). Nothing is lost: choose another folder and try again.</source>
        <translation>Le fichier n’a pas pu être écrit dans {path} ({reason}). Rien n’est perdu : choisissez un autre dossier et réessayez.</translation>
    </message>
    <message>
        <source>This question was answered, or forgotten, in the meantime.</source>
        <translation>Cette question a reçu une réponse, ou a été oubliée, entre-temps.</translation>
    </message>
    <message>
        <source>The budget knows nothing of this call.</source>
        <translation>Le budget ne sait rien de cet appel.</translation>
    </message>
    <message>
        <source>The database cannot be written, so no money is spent now. See whether its disk is full, then try again.</source>
        <translation>La base de données ne peut pas être écrite : rien n’est dépensé pour l’instant. Vérifiez si son disque est plein, puis réessayez.</translation>
    </message>
    <message>
        <source>The budget does not know what one US dollar is in your currency, so nothing is spent. Fill it in under Settings, Budget.</source>
        <translation>Le budget ne sait pas ce que vaut un dollar américain dans votre monnaie : rien n’est dépensé. Indiquez-le dans Réglages, Budget.</translation>
    </message>
    <message>
        <source>{which} has {left} left, and this may cost up to {price}. Nothing was sent. It begins anew on {renews}; the limit can be raised on the Budget page.</source>
        <translation>{which} : il reste {left}, et cet appel peut coûter jusqu’à {price}. Rien n’a été envoyé. La limite repart le {renews} ; elle peut être relevée sur la page Budget.</translation>
    </message>
    <message>
        <source>The limits in the settings cannot be read, so nothing is spent. Press Set limits anew on the Budget page, then fill them in.</source>
        <translation>Les limites dans les réglages sont illisibles : rien n’est dépensé. Appuyez sur Fixer à nouveau les limites sur la page Budget, puis remplissez-les.</translation>
    </message>
    <message>
        <source>You said no to this call of {service}, whose price nobody knows. It may be asked again tomorrow.</source>
        <translation>Vous avez refusé cet appel à {service}, dont personne ne connaît le prix. La question pourra être posée à nouveau demain.</translation>
    </message>
    <message>
        <source>Nobody knows what this call of {service} costs, and the settings forbid such calls. Nothing was sent.</source>
        <translation>Personne ne sait ce que coûte cet appel à {service}, et les réglages interdisent de tels appels. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>Nobody knows what this call of {service} costs. Nothing was sent: allow it on the Budget page, then try again.</source>
        <translation>Personne ne sait ce que coûte cet appel à {service}. Rien n’a été envoyé : autorisez-le sur la page Budget, puis réessayez.</translation>
    </message>
    <message>
        <source>The budget of today.</source>
        <translation>Le budget du jour.</translation>
    </message>
    <message>
        <source>The budget of {subject} for today.</source>
        <translation>Le budget du jour de {subject}.</translation>
    </message>
    <message>
        <source>The budget of this month.</source>
        <translation>Le budget du mois.</translation>
    </message>
    <message>
        <source>The budget of {subject} for this month.</source>
        <translation>Le budget du mois de {subject}.</translation>
    </message>
    <message>
        <source>{which} is spent to {percent} %: {spent} of {amount}.</source>
        <translation>{which} est dépensé à {percent} % : {spent} sur {amount}.</translation>
    </message>
    <message>
        <source>Nobody knows what a call of {service} costs. Allow it, or not, on the Budget page.</source>
        <translation>Personne ne sait ce que coûte un appel à {service}. Autorisez-le, ou non, sur la page Budget.</translation>
    </message>
    <message>
        <source>The engine is built on this device, and no compiler is there. Install the package build-essential, then press Build it again.</source>
        <translation>Le moteur est construit sur cet appareil, et il n&apos;y a pas de compilateur. Installez le paquet build-essential, puis appuyez à nouveau sur Construire.</translation>
    </message>
    <message>
        <source>The source of the engine could not be fetched. Look at the network, then press Build it again. What was fetched is kept.</source>
        <translation>La source du moteur n&apos;a pas pu être récupérée. Vérifiez le réseau, puis appuyez à nouveau sur Construire. Ce qui est déjà là est gardé.</translation>
    </message>
    <message>
        <source>This installation cannot build the engine: its build script is not there.</source>
        <translation>Cette installation ne peut pas construire le moteur : son script n&apos;est pas là.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk to build the engine: it needs two gigabytes for a while. Make room, then press Build it again.</source>
        <translation>Il n&apos;y a pas assez de place sur le disque pour construire le moteur : il lui faut deux gigaoctets un moment. Faites de la place, puis appuyez à nouveau sur Construire.</translation>
    </message>
    <message>
        <source>What an engine for the graphics processor is built with is not there. Install the packages libvulkan-dev and glslc, or build it without.</source>
        <translation>Il manque de quoi construire un moteur pour le processeur graphique. Installez les paquets libvulkan-dev et glslc, ou construisez-le sans.</translation>
    </message>
    <message>
        <source>The engine could not be built. The station goes on without it. What went wrong stands in {log}.</source>
        <translation>Le moteur n&apos;a pas pu être construit. La station continue sans lui. Ce qui s&apos;est passé est écrit dans {log}.</translation>
    </message>
    <message>
        <source>The engine was built but could not be installed. What went wrong stands in {log}. Press Build it again: it need not be compiled anew.</source>
        <translation>Le moteur est construit mais n&apos;a pas pu être installé. Ce qui s&apos;est passé est écrit dans {log}. Appuyez à nouveau sur Construire : il ne sera pas recompilé.</translation>
    </message>
    <message>
        <source>What hears is not installed here. Set the station up anew: sh packaging/setup.sh.</source>
        <translation>Ce qui écoute n’est pas installé ici. Refaites l’installation : sh packaging/setup.sh.</translation>
    </message>
    <message>
        <source>No model that hears is chosen. Choose one in Settings, under Intelligence.</source>
        <translation>Aucun modèle qui écoute n’est choisi. Choisissez-en un dans Réglages, sous Intelligence.</translation>
    </message>
    <message>
        <source>{model} answered something that could not be used.</source>
        <translation>{model} a répondu quelque chose d&apos;inutilisable.</translation>
    </message>
    <message>
        <source>The model has too many questions waiting already. Ask again in a while.</source>
        <translation>Trop de questions attendent déjà le modèle. Redemandez dans un moment.</translation>
    </message>
    <message>
        <source>The station is closing, and the model with it. The answer was not written.</source>
        <translation>La station se ferme, et le modèle avec elle. La réponse n&apos;a pas été écrite.</translation>
    </message>
    <message>
        <source>{name} ended in the middle of an answer. Only that answer is lost; it is loaded again when it is next asked.</source>
        <translation>{name} s&apos;est arrêté au milieu d&apos;une réponse. Seule cette réponse est perdue ; il sera rechargé à la prochaine question.</translation>
    </message>
    <message>
        <source>{name} could not answer: {why}. Try another file if it happens again.</source>
        <translation>{name} n&apos;a pas pu répondre : {why}. Essayez un autre fichier si cela se répète.</translation>
    </message>
    <message>
        <source>{name} is damaged: {why}. Fetch it anew.</source>
        <translation>{name} est abîmé : {why}. Récupérez-le à nouveau.</translation>
    </message>
    <message>
        <source>{name} is not complete: its end is missing. Fetch it anew.</source>
        <translation>{name} n&apos;est pas complet : sa fin manque. Récupérez-le à nouveau.</translation>
    </message>
    <message>
        <source>{name} is not there any more. Choose another model.</source>
        <translation>{name} n&apos;est plus là. Choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>{name} is not a model: it only has the name of one.</source>
        <translation>{name} n&apos;est pas un modèle : il n&apos;en a que le nom.</translation>
    </message>
    <message>
        <source>{name} is a model of another kind ({architecture}): it does not write text.</source>
        <translation>{name} est un modèle d&apos;un autre genre ({architecture}) : il n&apos;écrit pas de texte.</translation>
    </message>
    <message>
        <source>{name} is no Whisper model. Those that hear are named like ggml-base.bin.</source>
        <translation>{name} n’est pas un modèle Whisper. Ceux qui écoutent s’appellent par exemple ggml-base.bin.</translation>
    </message>
    <message>
        <source>The engine does not take {name}: {why}. Choose another model.</source>
        <translation>Le moteur n&apos;accepte pas {name} : {why}. Choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>{name} needs more memory than this device has. Choose a smaller one, or one with a smaller quantisation.</source>
        <translation>{name} demande plus de mémoire que cet appareil n&apos;en a. Choisissez-en un plus petit, ou plus quantifié.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {why}. Look at its rights and its disk.</source>
        <translation>{name} ne peut pas être lu : {why}. Vérifiez ses droits et son disque.</translation>
    </message>
    <message>
        <source>{name} gave no sign of life and was ended. Only that answer is lost; it is loaded again when it is next asked.</source>
        <translation>{name} ne donnait plus signe de vie et a été arrêté. Seule cette réponse est perdue ; il sera rechargé à la prochaine question.</translation>
    </message>
    <message>
        <source>The engine for models is not built yet. Build it in Settings, under Intelligence.</source>
        <translation>Le moteur des modèles n&apos;est pas encore construit. Construisez-le dans les réglages, sous Intelligence.</translation>
    </message>
    <message>
        <source>No model is chosen. Choose one in Settings, under Intelligence.</source>
        <translation>Aucun modèle n&apos;est choisi. Choisissez-en un dans les réglages, sous Intelligence.</translation>
    </message>
    <message>
        <source>There is not enough free memory for {name} now. Close something else, then try again.</source>
        <translation>Il n&apos;y a pas assez de mémoire libre pour {name} maintenant. Fermez autre chose, puis réessayez.</translation>
    </message>
    <message>
        <source>Without a title it cannot be kept.</source>
        <translation>Sans titre, rien ne peut être gardé.</translation>
    </message>
    <message>
        <source>There is nothing to be heard in {name}.</source>
        <translation>Il n’y a rien à entendre dans {name}.</translation>
    </message>
    <message>
        <source>{model} took too long to answer and was left.</source>
        <translation>{model} a mis trop de temps à répondre et a été laissé.</translation>
    </message>
    <message>
        <source>This is too long for the model {model}. Try a shorter text, or a model that holds more.</source>
        <translation>C&apos;est trop long pour le modèle {model}. Essayez un texte plus court, ou un modèle qui en contient plus.</translation>
    </message>
    <message>
        <source>{name} could not be written beside the video. Look at the rights of its folder and at its disk. You can still copy the words.</source>
        <translation>{name} n’a pas pu être écrit à côté de la vidéo. Vérifiez les droits du dossier et le disque. Vous pouvez toujours copier le texte.</translation>
    </message>
    <message>
        <source>{name} does not know the language {language}. Choose a model that knows many: one without .en in its name.</source>
        <translation>{name} ne connaît pas la langue {language}. Choisissez un modèle qui en connaît beaucoup : un modèle sans .en dans son nom.</translation>
    </message>
    <message>
        <source>It has no subtitles that can be read, so nobody can say what it is about. Find some in the player, then ask again.</source>
        <translation>Il n&apos;a pas de sous-titres lisibles, personne ne peut donc dire de quoi il parle. Trouvez-en dans le lecteur, puis redemandez.</translation>
    </message>
    <message>
        <source>The key was not sent: {name} is outside your home and its address is not https. Enter an https address.</source>
        <translation>La clé n&apos;a pas été envoyée : {name} est hors de chez vous et son adresse n&apos;est pas en https. Entrez une adresse https.</translation>
    </message>
    <message>
        <source>{name} needs an API key. Make one in your account there and enter it here.</source>
        <translation>{name} demande une clé d&apos;API. Créez-en une dans votre compte là-bas et entrez-la ici.</translation>
    </message>
    <message>
        <source>{name} does not accept the API key. Check it, or make a new one in your account there.</source>
        <translation>{name} n&apos;accepte pas la clé d&apos;API. Vérifiez-la, ou créez-en une autre dans votre compte là-bas.</translation>
    </message>
    <message>
        <source>There is no money left in your account at {name}. Nothing was written; add credit there and try again.</source>
        <translation>Il n&apos;y a plus d&apos;argent sur votre compte chez {name}. Rien n&apos;a été écrit ; ajoutez du crédit là-bas et réessayez.</translation>
    </message>
    <message>
        <source>{name} answers but has no model. Load one there, or name one here.</source>
        <translation>{name} répond mais n&apos;a pas de modèle. Chargez-en un là-bas, ou nommez-en un ici.</translation>
    </message>
    <message>
        <source>{name} will not write this. Nothing was changed; try other words or another model.</source>
        <translation>{name} refuse d&apos;écrire cela. Rien n&apos;a changé ; essayez d&apos;autres mots ou un autre modèle.</translation>
    </message>
    <message>
        <source>There is no model {model}. Check its name, or leave it empty for the usual one.</source>
        <translation>Il n&apos;y a pas de modèle {model}. Vérifiez son nom, ou laissez vide pour l&apos;habituel.</translation>
    </message>
    <message>
        <source>{name} is no WAV, FLAC, MP3 or Opus file.</source>
        <translation>{name} n&apos;est pas un fichier WAV, FLAC, MP3 ou Opus.</translation>
    </message>
    <message>
        <source>{name} is larger than {most} MB, the most a service takes. Shorten it, or save it as Opus or MP3.</source>
        <translation>{name} dépasse {most} Mo, le maximum d&apos;un service. Raccourcissez-le, ou enregistrez-le en Opus ou MP3.</translation>
    </message>
    <message>
        <source>{name}, which scene {scene} needs, is broken. Make the scene again or choose another file.</source>
        <translation>{name}, dont la scène {scene} a besoin, est abîmé. Refaites la scène ou choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>The video could not be written to {folder} ({reason}). Check the disk, then go on.</source>
        <translation>La vidéo n’a pas pu être écrite dans {folder} ({reason}). Vérifiez le disque, puis continuez.</translation>
    </message>
    <message>
        <source>There is not enough space in {folder} for the video. Make room, then go on: what is finished is kept.</source>
        <translation>Il n’y a pas assez de place dans {folder} pour la vidéo. Faites de la place, puis continuez : ce qui est fini est gardé.</translation>
    </message>
    <message>
        <source>There is nothing to see yet: the video has no pictures.</source>
        <translation>Il n’y a encore rien à voir : la vidéo n’a pas d’images.</translation>
    </message>
    <message>
        <source>The video could not be put together. Try again; the log tells more.</source>
        <translation>La vidéo n’a pas pu être assemblée. Réessayez ; le journal en dit plus.</translation>
    </message>
    <message>
        <source>{name}, which scene {scene} needs, is not there any more. Make the scene again or choose another file.</source>
        <translation>{name}, dont la scène {scene} a besoin, n’est plus là. Refaites la scène ou choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>The music {name} is missing or broken. Choose another one.</source>
        <translation>La musique {name} manque ou est abîmée. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>A picture of scene {scene} has a length or a cross-fade that cannot be. Make the scene again.</source>
        <translation>Une image de la scène {scene} a une durée ou un fondu impossible. Refaites la scène.</translation>
    </message>
    <message>
        <source>The video would be longer than an hour, or has too many pictures. Make it shorter.</source>
        <translation>La vidéo durerait plus d’une heure, ou contient trop d’images. Raccourcissez-la.</translation>
    </message>
    <message>
        <source>{name} could not make this, and does not say why. Try again, or choose another service.</source>
        <translation>{name} n’a pas pu faire cela et ne dit pas pourquoi. Réessayez, ou choisissez un autre service.</translation>
    </message>
    <message>
        <source>{name} does not have this order or its result any more. Order it again.</source>
        <translation>{name} n’a plus cette commande ou son résultat. Commandez de nouveau.</translation>
    </message>
    <message>
        <source>{model} makes clips out of pictures only. Give the scene a picture first, or choose another model.</source>
        <translation>{model} ne fait de clips qu’à partir d’images. Donnez d’abord une image à la scène, ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>{name} needs to know who speaks. Make the voice of the scene first, or name a voice in Settings, under Plugins.</source>
        <translation>{name} doit savoir qui parle. Faites d’abord la voix de la scène, ou nommez une voix dans Réglages, sous Extensions.</translation>
    </message>
    <message>
        <source>There is no money left in your account at {name}. Nothing was made. Add credit there and try again.</source>
        <translation>Il n’y a plus d’argent sur votre compte chez {name}. Rien n’a été fait. Rechargez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>{name} cannot make this out of what it was given. Try other words, another picture or another model.</source>
        <translation>{name} ne peut rien faire de ce qui lui a été donné. Essayez d’autres mots, une autre image ou un autre modèle.</translation>
    </message>
    <message>
        <source>A clip can begin with a PNG or a JPEG picture only. Choose another picture.</source>
        <translation>Un clip ne peut commencer que par une image PNG ou JPEG. Choisissez une autre image.</translation>
    </message>
    <message>
        <source>The picture is larger than the {most} MB the service takes. Use a smaller one.</source>
        <translation>L’image dépasse les {most} Mo que le service accepte. Prenez-en une plus petite.</translation>
    </message>
    <message>
        <source>Your plan at {name} does not allow more of this now. Wait until it is renewed, or change it there.</source>
        <translation>Votre formule chez {name} n’en permet pas plus pour l’instant. Attendez son renouvellement, ou changez-la là-bas.</translation>
    </message>
    <message>
        <source>{name} will not make this: it is against its rules. Try other words, or choose another service.</source>
        <translation>{name} refuse de faire cela : c’est contre ses règles. Essayez d’autres mots, ou choisissez un autre service.</translation>
    </message>
    <message>
        <source>An avatar can speak with a WAV or an MP3 file only. Choose another voice.</source>
        <translation>Un avatar ne peut parler qu’avec un fichier WAV ou MP3. Choisissez une autre voix.</translation>
    </message>
    <message>
        <source>The voice is larger than {most} MB, the most {name} takes. Make the scene shorter, or save the voice as MP3.</source>
        <translation>La voix dépasse {most} Mo, le maximum que {name} accepte. Raccourcissez la scène, ou enregistrez la voix en MP3.</translation>
    </message>
    <message>
        <source>{name} takes a voice as MP3 only. Save it as MP3, or use a voice of {name}.</source>
        <translation>{name} n’accepte une voix qu’en MP3. Enregistrez-la en MP3, ou prenez une voix de {name}.</translation>
    </message>
    <message>
        <source>{name} says {most} characters at a time. Make the scene shorter.</source>
        <translation>{name} dit {most} caractères à la fois. Raccourcissez la scène.</translation>
    </message>
    <message>
        <source>{model} makes clips of {most} seconds at most. Make the scene shorter, or choose another model.</source>
        <translation>{model} fait des clips de {most} secondes au plus. Raccourcissez la scène, ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>Its service seems to have closed. A clip you have from it is imported in the scene.</source>
        <translation>Son service semble avoir fermé. Un clip que vous en avez s’importe dans la scène.</translation>
    </message>
    <message>
        <source>It is a program for a computer with a large graphics card. Make the film there and import it in the scene.</source>
        <translation>C’est un programme pour un ordinateur à grande carte graphique. Faites le film là-bas et importez-le dans la scène.</translation>
    </message>
    <message>
        <source>It lets no program order from it. Make the piece on its pages and import the file as your music.</source>
        <translation>Il ne laisse aucun programme lui passer commande. Faites le morceau sur ses pages et importez le fichier comme musique.</translation>
    </message>
    <message>
        <source>Only partners it has chosen may order from it by program. Make the piece on its pages and import the file as your music.</source>
        <translation>Seuls des partenaires qu’il a choisis peuvent lui passer commande par programme. Faites le morceau sur ses pages et importez le fichier comme musique.</translation>
    </message>
    <message>
        <source>“{name}” is not what it should be: it could not be read, or it is too large. Nothing was changed. Choose another file.</source>
        <translation>« {name} » n&apos;est pas ce qu&apos;il devrait être : illisible, ou trop grand. Rien n&apos;a été changé. Choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>That file is no longer in the asset library. Choose another, or make it anew.</source>
        <translation>Ce fichier n&apos;est plus dans la bibliothèque. Choisissez-en un autre, ou refaites-le.</translation>
    </message>
    <message>
        <source>There is a file {path} already, and it was left as it is. Choose another name.</source>
        <translation>Le fichier {path} existe déjà et n&apos;a pas été touché. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>This is no picture that can be opened here. Choose a JPEG, PNG or WebP file.</source>
        <translation>Ce n’est pas une image lisible ici. Choisissez un fichier JPEG, PNG ou WebP.</translation>
    </message>
    <message>
        <source>There is no ZIM file at {path}. Choose one, or the folder your ZIM files lie in.</source>
        <translation>Il n’y a pas de fichier ZIM à l’emplacement {path}. Choisissez-en un, ou le dossier où se trouvent vos fichiers ZIM.</translation>
    </message>
    <message>
        <source>{name} could not be read in time. Copy it to a faster disk, or try again later.</source>
        <translation>{name} n’a pas pu être lu à temps. Copiez-le sur un disque plus rapide, ou réessayez plus tard.</translation>
    </message>
    <message>
        <source>{name} is no ZIM file that can be read. It may be damaged or not whole: download it again.</source>
        <translation>{name} n’est pas un fichier ZIM lisible. Il est peut-être abîmé ou incomplet : téléchargez-le à nouveau.</translation>
    </message>
    <message>
        <source>The picture is too large: 40 MB and 80 megapixels at most. Save it smaller, then try again.</source>
        <translation>L’image est trop grande : 40 Mo et 80 mégapixels au plus. Enregistrez-la en plus petit, puis réessayez.</translation>
    </message>
    <message>
        <source>The picture is too small to be shown ({width} × {height}). Choose a larger one.</source>
        <translation>L’image est trop petite pour être montrée ({width} × {height}). Choisissez-en une plus grande.</translation>
    </message>
    <message>
        <source>That project is gone: it was removed meanwhile.</source>
        <translation>Ce projet n&apos;existe plus : il a été supprimé entre-temps.</translation>
    </message>
    <message>
        <source>That scene is gone: the script was written anew. Open the project again.</source>
        <translation>Cette scène n&apos;existe plus : le scénario a été réécrit. Rouvrez le projet.</translation>
    </message>
    <message>
        <source>What was made could not be written to the disk: {reason}. The rest is kept. Make room, then press Go on.</source>
        <translation>Ce qui a été fait n&apos;a pas pu être écrit sur le disque : {reason}. Le reste est gardé. Faites de la place, puis appuyez sur Continuer.</translation>
    </message>
    <message>
        <source>Write what the video should be about, or paste your own text.</source>
        <translation>Écrivez de quoi parle la vidéo, ou collez votre propre texte.</translation>
    </message>
    <message>
        <source>The step {step} failed. What was made before it is kept: open the project in the Studio, see why, and press Try again.</source>
        <translation>L&apos;étape {step} a échoué. Ce qui précède est gardé : ouvrez le projet dans le Studio, voyez pourquoi, et appuyez sur Réessayer.</translation>
    </message>
    <message>
        <source>A video lasts from {least} to {most} seconds. Choose a length between them.</source>
        <translation>Une vidéo dure de {least} à {most} secondes. Choisissez une durée entre les deux.</translation>
    </message>
    <message>
        <source>“{title}” was paused. What was made is kept. Press Go on in the Studio.</source>
        <translation>« {title} » est en pause. Ce qui est fait est gardé. Appuyez sur Continuer dans le Studio.</translation>
    </message>
    <message>
        <source>The text is too long: {most} letters at most. Make two videos of it.</source>
        <translation>Le texte est trop long : {most} lettres au plus. Faites-en deux vidéos.</translation>
    </message>
    <message>
        <source>The scene “{scene}” has no picture or no voice yet. Press Go on, or give it one of your own.</source>
        <translation>La scène « {scene} » n&apos;a pas encore d&apos;image ou de voix. Appuyez sur Continuer, ou donnez-lui la vôtre.</translation>
    </message>
    <message>
        <source>The video is not made yet. Press Make the video first.</source>
        <translation>La vidéo n&apos;est pas encore faite. Appuyez d&apos;abord sur Faire la vidéo.</translation>
    </message>
    <message>
        <source>The voice {voice} is not there any more. Choose another one for this project.</source>
        <translation>La voix {voice} n&apos;est plus là. Choisissez-en une autre pour ce projet.</translation>
    </message>
    <message>
        <source>The voice {voice} does not speak the language of the text ({language}). Choose another voice, or another language.</source>
        <translation>La voix {voice} ne parle pas la langue du texte ({language}). Choisissez une autre voix, ou une autre langue.</translation>
    </message>
    <message>
        <source>No voice here speaks {language}. Choose another language, or switch a voice service on.</source>
        <translation>Aucune voix ici ne parle {language}. Choisissez une autre langue, ou activez un service de voix.</translation>
    </message>
    <message>
        <source>Too little is said in {name}. Record the whole sentence.</source>
        <translation>On n’entend presque rien dans {name}. Enregistrez toute la phrase.</translation>
    </message>
    <message>
        <source>Nothing can be heard in {name}. Check the microphone, then record it again.</source>
        <translation>On n’entend rien dans {name}. Vérifiez le micro, puis recommencez l’enregistrement.</translation>
    </message>
    <message>
        <source>The voices of this device are missing. Install the package libespeak-ng1, or choose a voice service.</source>
        <translation>Les voix de cet appareil manquent. Installez le paquet libespeak-ng1, ou choisissez un service de voix.</translation>
    </message>
    <message>
        <source>The voice could not say this text ({why}). Choose another voice.</source>
        <translation>La voix n’a pas pu dire ce texte ({why}). Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>{name} is not a voice, or its .json file is damaged. Get both files anew.</source>
        <translation>{name} n’est pas une voix, ou son fichier .json est abîmé. Reprenez les deux fichiers.</translation>
    </message>
    <message>
        <source>{name} is a kind of voice that cannot be used here. Choose another one.</source>
        <translation>{name} est une sorte de voix inutilisable ici. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>{name} cannot be read, or its .json file is not beside it. A voice is both files.</source>
        <translation>{name} est illisible, ou son fichier .json n’est pas à côté. Une voix, ce sont les deux fichiers.</translation>
    </message>
    <message>
        <source>There is nothing to say in this text.</source>
        <translation>Il n’y a rien à dire dans ce texte.</translation>
    </message>
    <message>
        <source>Your plan at {name} has {left} characters left, and this text needs {needs}. Choose another voice, or a larger plan.</source>
        <translation>Il reste {left} caractères à votre forfait chez {name}, et ce texte en demande {needs}. Choisissez une autre voix, ou un forfait plus grand.</translation>
    </message>
    <message>
        <source>Own voice files need ONNX Runtime, which is not installed. Choose another voice.</source>
        <translation>Vos propres fichiers de voix ont besoin d’ONNX Runtime, qui n’est pas installé. Choisissez une autre voix.</translation>
    </message>
    <message>
        <source>{name} is too long: {minutes} minutes at most.</source>
        <translation>{name} est trop long : {minutes} minutes au plus.</translation>
    </message>
    <message>
        <source>This text is too long to be said in one go: {most} letters at most.</source>
        <translation>Ce texte est trop long pour être dit d’un coup : {most} lettres au plus.</translation>
    </message>
    <message>
        <source>The video “{title}” is ready.</source>
        <translation>La vidéo « {title} » est prête.</translation>
    </message>
    <message>
        <source>The video “{title}” could not be finished. What was made is kept: see why on its page.</source>
        <translation>La vidéo « {title} » n&apos;a pas pu être terminée. Ce qui est fait est gardé : voyez pourquoi sur sa page.</translation>
    </message>
    <message>
        <source>Drawn here.</source>
        <translation>Dessiné ici.</translation>
    </message>
    <message>
        <source>Little to do with the sentence.</source>
        <translation>Peu de rapport avec la phrase.</translation>
    </message>
    <message>
        <source>Near to the sentence in meaning.</source>
        <translation>Proche de la phrase par le sens.</translation>
    </message>
    <message>
        <source>Shows what the sentence names.</source>
        <translation>Montre ce que la phrase nomme.</translation>
    </message>
    <message>
        <source>Shares words with the sentence.</source>
        <translation>A des mots en commun avec la phrase.</translation>
    </message>
    <message>
        <source>{out} of {posts} posts are out.</source>
        <translation>{out} publications sur {posts} sont en ligne.</translation>
    </message>
    <message>
        <source>{out} of {posts} posts are out, the others wait on the Publishing page.</source>
        <translation>{out} publications sur {posts} sont en ligne, les autres attendent sur la page Publication.</translation>
    </message>
    <message>
        <source>The thumbnails are tried against each other, see the Publishing page.</source>
        <translation>Les vignettes sont en concurrence, voyez la page Publication.</translation>
    </message>
    <message>
        <source>Nothing to try: no account was chosen that can, or the video is not out yet.</source>
        <translation>Rien à essayer : aucun compte choisi ne le permet, ou la vidéo n’est pas encore en ligne.</translation>
    </message>
    <message>
        <source>No account was chosen. Post it from the Publishing page, or export it.</source>
        <translation>Aucun compte n’a été choisi. Publiez-la depuis la page Publication, ou exportez-la.</translation>
    </message>
    <message>
        <source>The script was written ({scenes} scenes).</source>
        <translation>Le scénario est écrit ({scenes} scènes).</translation>
    </message>
    <message>
        <source>A scene was spoken.</source>
        <translation>Une scène a été dite.</translation>
    </message>
    <message>
        <source>A picture was made.</source>
        <translation>Une image a été faite.</translation>
    </message>
    <message>
        <source>A clip was made.</source>
        <translation>Une séquence a été faite.</translation>
    </message>
    <message>
        <source>An avatar was made.</source>
        <translation>Un avatar a été fait.</translation>
    </message>
    <message>
        <source>The music was made.</source>
        <translation>La musique est faite.</translation>
    </message>
    <message>
        <source>{name} wants a title. Write one.</source>
        <translation>{name} veut un titre. Écrivez-en un.</translation>
    </message>
    <message>
        <source>The title is too long for {name}: {count} of {most}.</source>
        <translation>Le titre est trop long pour {name} : {count} sur {most}.</translation>
    </message>
    <message>
        <source>{name} does not take these signs in a title: {signs}.</source>
        <translation>{name} n’accepte pas ces signes dans un titre : {signs}.</translation>
    </message>
    <message>
        <source>The description is too long for {name}: {count} of {most}.</source>
        <translation>La description est trop longue pour {name} : {count} sur {most}.</translation>
    </message>
    <message>
        <source>{name} does not take these signs in a description: {signs}.</source>
        <translation>{name} n’accepte pas ces signes dans une description : {signs}.</translation>
    </message>
    <message>
        <source>Title and description together are too long for {name}: {count} of {most}.</source>
        <translation>Le titre et la description ensemble sont trop longs pour {name} : {count} sur {most}.</translation>
    </message>
    <message>
        <source>{name} takes {most} hashtags at most; here are {count}.</source>
        <translation>{name} accepte {most} mots-dièse au plus ; il y en a {count}.</translation>
    </message>
    <message>
        <source>{name} takes {most} mentions at most.</source>
        <translation>{name} accepte {most} mentions au plus.</translation>
    </message>
    <message>
        <source>The tags are too long for {name}: {count} of {most}.</source>
        <translation>Les mots-clés sont trop longs pour {name} : {count} sur {most}.</translation>
    </message>
    <message>
        <source>{name} does not take these signs in tags: {signs}.</source>
        <translation>{name} n’accepte pas ces signes dans les mots-clés : {signs}.</translation>
    </message>
    <message>
        <source>{name} takes nothing without a video. Choose one.</source>
        <translation>{name} n’accepte rien sans vidéo. Choisissez-en une.</translation>
    </message>
    <message>
        <source>The video cannot be read. Choose another file.</source>
        <translation>La vidéo est illisible. Choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>There is no picture in this file, and {name} wants one.</source>
        <translation>Ce fichier n’a pas d’image, et {name} en veut une.</translation>
    </message>
    <message>
        <source>The video is larger than {most} MB, the most {name} takes.</source>
        <translation>La vidéo dépasse {most} Mo, le maximum de {name}.</translation>
    </message>
    <message>
        <source>The video is smaller than {least} kB, the least {name} takes.</source>
        <translation>La vidéo fait moins de {least} ko, le minimum de {name}.</translation>
    </message>
    <message>
        <source>The video lasts {has}; {name} takes {most} at most. Shorten it.</source>
        <translation>La vidéo dure {has} ; {name} accepte {most} au plus. Raccourcissez-la.</translation>
    </message>
    <message>
        <source>The video is shorter than {least} s, the least {name} takes.</source>
        <translation>La vidéo dure moins de {least} s, le minimum de {name}.</translation>
    </message>
    <message>
        <source>The video has more than {most} Mbit/s, the most {name} takes.</source>
        <translation>La vidéo dépasse {most} Mbit/s, le maximum de {name}.</translation>
    </message>
    <message>
        <source>{name} does not take files of this kind ({form}).</source>
        <translation>{name} n’accepte pas les fichiers de ce type ({form}).</translation>
    </message>
    <message>
        <source>The video would begin late at {name}: its index stands at the end.</source>
        <translation>La vidéo démarrerait tard chez {name} : son index est à la fin.</translation>
    </message>
    <message>
        <source>{name} does not take pictures coded as {form}.</source>
        <translation>{name} n’accepte pas les images codées en {form}.</translation>
    </message>
    <message>
        <source>{name} does not take sound coded as {form}.</source>
        <translation>{name} n’accepte pas le son codé en {form}.</translation>
    </message>
    <message>
        <source>The sound has more than {most} kHz, the most {name} takes.</source>
        <translation>Le son dépasse {most} kHz, le maximum de {name}.</translation>
    </message>
    <message>
        <source>{name} takes plain colours only: no HDR, 8 bits.</source>
        <translation>{name} n’accepte que des couleurs ordinaires : sans HDR, sur 8 bits.</translation>
    </message>
    <message>
        <source>{name} does not take a picture of this shape ({width} × {height}).</source>
        <translation>{name} n’accepte pas une image de cette forme ({width} × {height}).</translation>
    </message>
    <message>
        <source>The picture is smaller than {least} pixels, the least {name} takes.</source>
        <translation>L’image fait moins de {least} pixels, le minimum de {name}.</translation>
    </message>
    <message>
        <source>The picture is larger than {name} takes ({width} × {height}).</source>
        <translation>L’image est plus grande que ce que {name} accepte ({width} × {height}).</translation>
    </message>
    <message>
        <source>{name} does not take {count} frames a second.</source>
        <translation>{name} n’accepte pas {count} images par seconde.</translation>
    </message>
    <message>
        <source>{name} wants a thumbnail. One can be taken from the video.</source>
        <translation>{name} veut une vignette. Elle peut être tirée de la vidéo.</translation>
    </message>
    <message>
        <source>{name} takes no thumbnail; this one is left out.</source>
        <translation>{name} n’accepte pas de vignette ; celle-ci est laissée de côté.</translation>
    </message>
    <message>
        <source>The thumbnail is no picture that can be read. Choose another one.</source>
        <translation>La vignette n’est pas une image lisible. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>{name} does not take thumbnails of this kind ({form}).</source>
        <translation>{name} n’accepte pas les vignettes de ce type ({form}).</translation>
    </message>
    <message>
        <source>The thumbnail is larger than {most} kB, the most {name} takes.</source>
        <translation>La vignette dépasse {most} ko, le maximum de {name}.</translation>
    </message>
    <message>
        <source>The thumbnail is larger than {most} pixels, the most {name} takes.</source>
        <translation>La vignette dépasse {most} pixels, le maximum de {name}.</translation>
    </message>
    <message>
        <source>The thumbnail is narrower than {least} pixels and will look coarse at {name}.</source>
        <translation>La vignette fait moins de {least} pixels de large et paraîtra grossière chez {name}.</translation>
    </message>
    <message>
        <source>{name} takes no captions; they are left out.</source>
        <translation>{name} n’accepte pas de sous-titres ; ils sont laissés de côté.</translation>
    </message>
    <message>
        <source>{name} does not take captions of this kind ({form}).</source>
        <translation>{name} n’accepte pas les sous-titres de ce type ({form}).</translation>
    </message>
    <message>
        <source>{name} cannot show a post to those you chose. Choose others.</source>
        <translation>{name} ne peut pas montrer une publication au public choisi. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>{name} has no drafts of its own.</source>
        <translation>{name} n’a pas de brouillons à lui.</translation>
    </message>
    <message>
        <source>{name} has no mark for what was made with a model. Say it in the description.</source>
        <translation>{name} n’a pas de mention pour ce qui est fait avec un modèle. Dites-le dans la description.</translation>
    </message>
    <message>
        <source>{name} has no mark for videos made for children.</source>
        <translation>{name} n’a pas de mention pour les vidéos destinées aux enfants.</translation>
    </message>
    <message>
        <source>{name} wants to know one thing more: {choice}.</source>
        <translation>{name} veut savoir encore une chose : {choice}.</translation>
    </message>
    <message>
        <source>A report of a bug cannot be made here.</source>
        <translation>Aucun rapport de panne ne peut être fait ici.</translation>
    </message>
    <message>
        <source>The log could not be written to {path}. {reason}</source>
        <translation>Le journal n’a pas pu être écrit dans {path}. {reason}</translation>
    </message>
    <message>
        <source>The report could not be written to {path}. {reason}</source>
        <translation>Le rapport n’a pas pu être écrit dans {path}. {reason}</translation>
    </message>
    <message>
        <source>The log of what went out cannot be written to {path}: {reason}. Choose another folder.</source>
        <translation>Le journal de ce qui est sorti ne peut pas être écrit dans {path} : {reason}. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The video cannot be made smaller than {most} MB and still be worth seeing. Shorten it, then try again.</source>
        <translation>La vidéo ne peut pas descendre sous {most} Mo en restant regardable. Raccourcissez-la, puis réessayez.</translation>
    </message>
    <message>
        <source>This video cannot be shortened here: the platform sets no length, or the file cannot be read.</source>
        <translation>Cette vidéo ne peut pas être raccourcie ici : la plateforme ne fixe pas de durée, ou le fichier est illisible.</translation>
    </message>
    <message>
        <source>The thumbnail cannot be made smaller than {most} kB. Choose a plainer one.</source>
        <translation>La vignette ne peut pas descendre sous {most} ko. Choisissez-en une plus simple.</translation>
    </message>
    <message>
        <source>The captions {name} cannot be turned into what the platform takes. Save them as SubRip (.srt).</source>
        <translation>Les sous-titres {name} ne peuvent pas devenir ce que la plateforme accepte. Enregistrez-les en SubRip (.srt).</translation>
    </message>
    <message>
        <source>There is no room left in {folder}. Free some space, then try again.</source>
        <translation>Il n’y a plus de place dans {folder}. Libérez de l’espace, puis réessayez.</translation>
    </message>
    <message>
        <source>{name} does not know this token. Copy the token of your bot from @BotFather again.</source>
        <translation>{name} ne connaît pas ce jeton. Copiez de nouveau le jeton de votre robot depuis @BotFather.</translation>
    </message>
    <message>
        <source>The bot may not post in this chat at {name}. Add it there, as an administrator of a channel, and look whether the chat is written right.</source>
        <translation>Le robot ne peut pas publier dans cette discussion de {name}. Ajoutez-le, comme administrateur d’un canal, et vérifiez comment la discussion est écrite.</translation>
    </message>
    <message>
        <source>Say in which chat at {name} posts appear: @channel, or a number.</source>
        <translation>Dites dans quelle discussion de {name} les publications paraissent : @canal, ou un nombre.</translation>
    </message>
    <message>
        <source>“{address}” is no e-mail address. Correct it.</source>
        <translation>« {address} » n’est pas une adresse e-mail. Corrigez-la.</translation>
    </message>
    <message>
        <source>Say who gets the message: {most} addresses at most.</source>
        <translation>Dites qui reçoit le message : {most} adresses au plus.</translation>
    </message>
    <message>
        <source>{host} does not accept this name and password. Many services want a password made for apps.</source>
        <translation>{host} n’accepte pas ce nom et ce mot de passe. Beaucoup de services veulent un mot de passe d’application.</translation>
    </message>
    <message>
        <source>{host} offers no encryption, so nothing was sent. Choose port 465 or 587 of your service.</source>
        <translation>{host} ne propose pas de chiffrement, donc rien n’a été envoyé. Choisissez le port 465 ou 587 de votre service.</translation>
    </message>
    <message>
        <source>{host} does not take this message ({code}). Look at recipients, size and sender.</source>
        <translation>{host} n’accepte pas ce message ({code}). Vérifiez les destinataires, la taille et l’expéditeur.</translation>
    </message>
    <message>
        <source>There is nothing to send: the video is too large for a message and has no link.</source>
        <translation>Il n’y a rien à envoyer : la vidéo est trop grande pour un message et n’a pas de lien.</translation>
    </message>
    <message>
        <source>The station cannot write down that a post goes out, so it did not send it. Free some space on the disk.</source>
        <translation>La station ne peut pas noter qu’une publication part, donc elle ne l’a pas envoyée. Libérez de la place sur le disque.</translation>
    </message>
    <message>
        <source>Posts cannot be put into {folder}. Choose a folder that is there and may be written to.</source>
        <translation>Les publications ne peuvent pas aller dans {folder}. Choisissez un dossier qui existe et où l’on peut écrire.</translation>
    </message>
    <message>
        <source>Open console.cloud.google.com, make a project, and switch on the YouTube Data API v3 and the YouTube Analytics API in its library of APIs.</source>
        <translation>Ouvrez console.cloud.google.com, créez un projet, et activez la YouTube Data API v3 et la YouTube Analytics API dans sa bibliothèque d’API.</translation>
    </message>
    <message>
        <source>Under Google Auth Platform, name the app, choose External, and publish it: while it is in testing, you have to sign in again every 7 days.</source>
        <translation>Dans Google Auth Platform, nommez l’application, choisissez Externe, et publiez-la&#xa0;: tant qu’elle est en test, il faut se reconnecter tous les 7 jours.</translation>
    </message>
    <message>
        <source>Under Clients, make one of the type Desktop app. Copy its client ID and secret to here; no return address is needed.</source>
        <translation>Dans Clients, créez-en un de type Application de bureau. Copiez ici son ID client et son code secret&#xa0;; aucune adresse de retour n’est nécessaire.</translation>
    </message>
    <message>
        <source>Google keeps videos of a project private until it was audited; ask for the audit at support.google.com/youtube/contact/yt_api_form.</source>
        <translation>Google garde privées les vidéos d’un projet tant qu’il n’a pas été audité&#xa0;; demandez l’audit sur support.google.com/youtube/contact/yt_api_form.</translation>
    </message>
    <message>
        <source>Open developers.tiktok.com, make an app, and choose Desktop as its platform.</source>
        <translation>Ouvrez developers.tiktok.com, créez une application, et choisissez Desktop comme plateforme.</translation>
    </message>
    <message>
        <source>Add the products Login Kit and Content Posting API to it, with Direct Post when videos should go out at once.</source>
        <translation>Ajoutez-lui les produits Login Kit et Content Posting API, avec Direct Post si les vidéos doivent sortir aussitôt.</translation>
    </message>
    <message>
        <source>Under Login Kit, enter http://127.0.0.1:*/callback/ as redirect address, then copy client key and secret to here.</source>
        <translation>Dans Login Kit, saisissez http://127.0.0.1:*/callback/ comme adresse de redirection, puis copiez ici la clé client et le code secret.</translation>
    </message>
    <message>
        <source>Until TikTok has looked at the app, only you see what it posts. Drafts work at once: they wait in the app on your phone.</source>
        <translation>Tant que TikTok n’a pas examiné l’application, vous seul voyez ce qu’elle publie. Les brouillons fonctionnent aussitôt&#xa0;: ils attendent dans l’application de votre téléphone.</translation>
    </message>
    <message>
        <source>Make your Instagram account a professional one and connect it with a Facebook page.</source>
        <translation>Faites de votre compte Instagram un compte professionnel et reliez-le à une page Facebook.</translation>
    </message>
    <message>
        <source>Open developers.facebook.com, make an app for publishing on Instagram, and add Facebook Login.</source>
        <translation>Ouvrez developers.facebook.com, créez une application pour publier sur Instagram, et ajoutez Facebook Login.</translation>
    </message>
    <message>
        <source>Leave the app in development, where http://localhost:8713/callback/ is allowed by itself. Copy app ID and secret to here.</source>
        <translation>Laissez l’application en développement&#xa0;: http://localhost:8713/callback/ y est permis d’office. Copiez ici l’ID d’application et le code secret.</translation>
    </message>
    <message>
        <source>You need a role in the app (administrator or tester). The sign-in is renewed by itself while the station runs at least once in 60 days.</source>
        <translation>Il vous faut un rôle dans l’application (administrateur ou testeur). La connexion se renouvelle d’elle-même tant que la station tourne au moins une fois en 60 jours.</translation>
    </message>
    <message>
        <source>Open developer.linkedin.com and make an app; it needs a page on LinkedIn, an empty one will do.</source>
        <translation>Ouvrez developer.linkedin.com et créez une application&#xa0;; il lui faut une page sur LinkedIn, une page vide suffit.</translation>
    </message>
    <message>
        <source>Under Products, ask for Share on LinkedIn and Sign In with LinkedIn using OpenID Connect.</source>
        <translation>Dans Products, demandez Share on LinkedIn et Sign In with LinkedIn using OpenID Connect.</translation>
    </message>
    <message>
        <source>Under Auth, enter http://localhost:47831/linkedin as redirect address, then copy client ID and secret to here.</source>
        <translation>Dans Auth, saisissez http://localhost:47831/linkedin comme adresse de redirection, puis copiez ici l’ID client et le code secret.</translation>
    </message>
    <message>
        <source>Open the X developer portal, make a project with an app, and choose Native App with read and write rights.</source>
        <translation>Ouvrez le portail développeur de X, créez un projet avec une application, et choisissez Native App avec les droits de lecture et d’écriture.</translation>
    </message>
    <message>
        <source>Enter http://127.0.0.1:47832/x as callback address, then copy the OAuth 2.0 client ID to here; there is no secret.</source>
        <translation>Saisissez http://127.0.0.1:47832/x comme adresse de rappel, puis copiez ici l’ID client OAuth 2.0&#xa0;; il n’y a pas de code secret.</translation>
    </message>
    <message>
        <source>X takes money for every post and every question. Load credit in the portal; the budget shows what it costs.</source>
        <translation>X fait payer chaque publication et chaque question. Chargez du crédit dans le portail&#xa0;; le budget montre ce que cela coûte.</translation>
    </message>
    <message>
        <source>Open reddit.com/prefs/apps and make an app of the type installed app.</source>
        <translation>Ouvrez reddit.com/prefs/apps et créez une application de type installed app.</translation>
    </message>
    <message>
        <source>Enter http://127.0.0.1:47833/reddit as redirect uri, then copy the ID below the name of the app to here.</source>
        <translation>Saisissez http://127.0.0.1:47833/reddit comme redirect uri, puis copiez ici l’ID qui se trouve sous le nom de l’application.</translation>
    </message>
    <message>
        <source>Write to @BotFather on Telegram, send /newbot, and copy the token it answers with to here.</source>
        <translation>Écrivez à @BotFather sur Telegram, envoyez /newbot, et copiez ici le jeton qu’il vous répond.</translation>
    </message>
    <message>
        <source>Make the bot an administrator of your channel, with the right to post.</source>
        <translation>Faites du bot un administrateur de votre chaîne, avec le droit de publier.</translation>
    </message>
    <message>
        <source>That is no number of a LinkedIn page. It stands in the address of the page when you manage it: digits only.</source>
        <translation>Ce n’est pas un numéro de page LinkedIn. Il figure dans l’adresse de la page quand vous la gérez : des chiffres seulement.</translation>
    </message>
    <message>
        <source>LinkedIn no longer takes version {version} of its interface. Enter a newer one in the options of the account: year and month, such as 202610.</source>
        <translation>LinkedIn n’accepte plus la version {version} de son interface. Indiquez-en une plus récente dans les options du compte : année et mois, par exemple 202610.</translation>
    </message>
    <message>
        <source>{name} has a post of yours with the same words already, and takes none like it. Change the words, then send it again.</source>
        <translation>{name} a déjà une publication de vous avec les mêmes mots, et n’en accepte pas de semblable. Changez le texte, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>A post for {name} needs words or a video. Add some.</source>
        <translation>Une publication pour {name} demande du texte ou une vidéo. Ajoutez-en.</translation>
    </message>
    <message>
        <source>There is no credit left at {name}, where posts cost money. Buy some in its developer portal; then it goes on.</source>
        <translation>Il ne reste plus de crédit chez {name}, où les publications sont payantes. Achetez-en sur son portail des développeurs ; l’envoi reprendra ensuite.</translation>
    </message>
    <message>
        <source>{name} does not say whether the post is there. It is asked again later.</source>
        <translation>{name} ne dit pas si la publication y est. La question sera reposée plus tard.</translation>
    </message>
    <message>
        <source>r/{subreddit} wants a flair on every post. Choose one of these: {flairs}.</source>
        <translation>r/{subreddit} veut une étiquette (flair) sur chaque publication. Choisissez parmi : {flairs}.</translation>
    </message>
    <message>
        <source>r/{subreddit} has no flair “{flair}”. Choose one of these: {flairs}.</source>
        <translation>r/{subreddit} n’a pas d’étiquette « {flair} ». Choisissez parmi : {flairs}.</translation>
    </message>
    <message>
        <source>Choose the community on Reddit where the post is to go.</source>
        <translation>Choisissez la communauté Reddit où la publication doit aller.</translation>
    </message>
    <message>
        <source>r/{subreddit} takes no videos. Choose another community.</source>
        <translation>r/{subreddit} n’accepte pas de vidéos. Choisissez une autre communauté.</translation>
    </message>
    <message>
        <source>r/{subreddit} does not let you post. Choose another community, or ask its moderators.</source>
        <translation>r/{subreddit} ne vous laisse pas publier. Choisissez une autre communauté, ou demandez à ses modérateurs.</translation>
    </message>
    <message>
        <source>Reddit does not show the post yet; it may still work on the video. It is looked for again in a while.</source>
        <translation>Reddit ne montre pas encore la publication ; il travaille peut-être encore sur la vidéo. Elle sera cherchée de nouveau dans un moment.</translation>
    </message>
    <message>
        <source>Reddit shows no video without a picture for it. Add a thumbnail: JPEG or PNG.</source>
        <translation>Reddit ne montre aucune vidéo sans image. Ajoutez une miniature : JPEG ou PNG.</translation>
    </message>
    <message>
        <source>The post does not keep the rules of r/{subreddit}. Read them there, change its title or flair, then send it again.</source>
        <translation>La publication ne respecte pas les règles de r/{subreddit}. Lisez-les là-bas, changez le titre ou l’étiquette, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>There is no community r/{subreddit} that you can see. Look whether its name is right.</source>
        <translation>Aucune communauté r/{subreddit} ne vous est visible. Vérifiez son nom.</translation>
    </message>
    <message>
        <source>r/{subreddit} does not allow these words in a title: {words}. Take them out.</source>
        <translation>r/{subreddit} n’admet pas ces mots dans un titre : {words}. Retirez-les.</translation>
    </message>
    <message>
        <source>The title is too long for Reddit: {most} characters at most. Shorten it.</source>
        <translation>Le titre est trop long pour Reddit : {most} caractères au plus. Raccourcissez-le.</translation>
    </message>
    <message>
        <source>The title is too long for r/{subreddit}: {most} characters at most. Shorten it.</source>
        <translation>Le titre est trop long pour r/{subreddit} : {most} caractères au plus. Raccourcissez-le.</translation>
    </message>
    <message>
        <source>A post on Reddit needs a title. Write one.</source>
        <translation>Une publication sur Reddit demande un titre. Écrivez-en un.</translation>
    </message>
    <message>
        <source>r/{subreddit} wants one of these in every title: {words}. Add it.</source>
        <translation>r/{subreddit} veut l’un de ces mots dans chaque titre : {words}. Ajoutez-le.</translation>
    </message>
    <message>
        <source>The title is too short for r/{subreddit}: {least} characters at least. Say a little more.</source>
        <translation>Le titre est trop court pour r/{subreddit} : {least} caractères au moins. Dites-en un peu plus.</translation>
    </message>
    <message>
        <source>The thumbnail or the captions were not taken. The video goes without them.</source>
        <translation>La miniature ou les sous-titres n’ont pas été acceptés. La vidéo part sans eux.</translation>
    </message>
    <message>
        <source>{name} wants you to sign in again. Open Publishing, Accounts, and sign in.</source>
        <translation>{name} demande que vous vous reconnectiez. Ouvrez Publication, Comptes, et connectez-vous.</translation>
    </message>
    <message>
        <source>The app of your own at {name} is not set up yet. Enter its client id and secret; the steps beside the account say where they are.</source>
        <translation>Votre propre application chez {name} n’est pas encore configurée. Saisissez son ID client et son code secret&#xa0;; les étapes à côté du compte disent où ils se trouvent.</translation>
    </message>
    <message>
        <source>{name} refuses your app. Look whether its client id and secret are right and the app is still there.</source>
        <translation>{name} refuse votre application. Vérifiez que son ID client et son code secret sont justes et qu’elle existe toujours.</translation>
    </message>
    <message>
        <source>{name} is no longer there, or has become shorter. Put the file back, then try again.</source>
        <translation>{name} n’est plus là, ou est devenu plus court. Remettez le fichier en place, puis réessayez.</translation>
    </message>
    <message>
        <source>The sign-in at {name} was not allowed. Sign in again when you want to.</source>
        <translation>La connexion à {name} n’a pas été autorisée. Reconnectez-vous quand vous le voudrez.</translation>
    </message>
    <message>
        <source>{name} did not let you sign in. Look whether the return address is entered there as the steps say, then try again.</source>
        <translation>{name} ne vous a pas laissé vous connecter. Vérifiez que l’adresse de retour y est saisie comme le disent les étapes, puis réessayez.</translation>
    </message>
    <message>
        <source>Nobody came back from the sign-in at {name} in time. Start it again.</source>
        <translation>Personne n’est revenu à temps de la connexion à {name}. Recommencez-la.</translation>
    </message>
    <message>
        <source>No sign-in at {name} is waiting. Start it again.</source>
        <translation>Aucune connexion à {name} n’est en attente. Recommencez-la.</translation>
    </message>
    <message>
        <source>{name} needs no sign-in. It works as it is.</source>
        <translation>{name} ne demande aucune connexion&#xa0;: tout fonctionne tel quel.</translation>
    </message>
    <message>
        <source>You are signed in: {name}. You can close this page and go back to Sokoul.</source>
        <translation>Vous êtes connecté&#xa0;: {name}. Vous pouvez fermer cette page et revenir à Sokoul.</translation>
    </message>
    <message>
        <source>You are signed in: {name}.</source>
        <translation>Vous êtes connecté&#xa0;: {name}.</translation>
    </message>
    <message>
        <source>{account} could not be signed in. {reason}.</source>
        <translation>La connexion de {account} n’a pas abouti. {reason}.</translation>
    </message>
    <message>
        <source>The sign-in of {name} at {platform} ends soon (days left: {days}). Sign in again, so that no post fails.</source>
        <translation>La connexion de {name} à {platform} prend bientôt fin (jours restants&#xa0;: {days}). Reconnectez-vous pour qu’aucune publication n’échoue.</translation>
    </message>
    <message>
        <source>You signed in as {name}, but this account is {before}. It stays as it was. Add another account for {name}.</source>
        <translation>Vous vous êtes connecté en tant que {name}, mais ce compte est {before}. Il reste tel qu’il était. Ajoutez un autre compte pour {name}.</translation>
    </message>
    <message>
        <source>Another program uses port {port}, which the browser must come back to. Close it, then sign in again.</source>
        <translation>Un autre programme occupe le port {port}, par lequel le navigateur doit revenir. Fermez-le, puis reconnectez-vous.</translation>
    </message>
    <message>
        <source>Not everything {name} was asked for was allowed. Sign in again and leave every box ticked.</source>
        <translation>Tout ce qui a été demandé à {name} n’a pas été autorisé. Reconnectez-vous en laissant toutes les cases cochées.</translation>
    </message>
    <message>
        <source>That answer belongs to another sign-in at {name}. Start it again.</source>
        <translation>Cette réponse appartient à une autre connexion à {name}. Recommencez-la.</translation>
    </message>
    <message>
        <source>There is no account “{account}” at {name} that you may post on. Correct its name in the options of the account.</source>
        <translation>Il n’y a chez {name} aucun compte « {account} » où vous pouvez publier. Corrigez son nom dans les options du compte.</translation>
    </message>
    <message>
        <source>{name} has not looked at your app yet, so it takes nothing from it for a public account. Make the account private there for now, or post drafts only.</source>
        <translation>{name} n’a pas encore examiné votre app et n’en accepte rien pour un compte public. Rendez-y le compte privé pour l’instant, ou publiez seulement des brouillons.</translation>
    </message>
    <message>
        <source>{name} does not take this kind of video. Let it be converted to MP4 with H.264, then send it again.</source>
        <translation>{name} n’accepte pas ce genre de vidéo. Faites-la convertir en MP4 avec H.264, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>The video is too short or too long for {name}. Cut it, then send it again.</source>
        <translation>La vidéo est trop courte ou trop longue pour {name}. Recoupez-la, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>{name} does not take this number of frames a second. Let it be converted to 30, then send it again.</source>
        <translation>{name} n’accepte pas ce nombre d’images par seconde. Faites-la convertir en 30, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>{name} does not take a picture of this size or shape. Let it be converted to 1080 × 1920, then send it again.</source>
        <translation>{name} n’accepte pas une image de cette taille ou de cette forme. Faites-la convertir en 1080 × 1920, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>{name} lets this account post nothing now. Open {name} itself: it says there what is wrong.</source>
        <translation>{name} ne laisse rien publier à ce compte en ce moment. Ouvrez {name} : la raison y est indiquée.</translation>
    </message>
    <message>
        <source>{name} was asked too often. It goes on by itself in a while.</source>
        <translation>{name} a été sollicité trop souvent. Cela reprendra de soi-même dans un moment.</translation>
    </message>
    <message>
        <source>The post was cancelled at {name}. Send it again if it is to go out after all.</source>
        <translation>La publication a été annulée chez {name}. Renvoyez-la si elle doit tout de même paraître.</translation>
    </message>
    <message>
        <source>{name} cannot do what was chosen here: {choice}. Choose otherwise.</source>
        <translation>{name} ne permet pas ce choix : {choice}. Choisissez autre chose.</translation>
    </message>
    <message>
        <source>Too many drafts wait in the inbox of {name}. Finish or delete some there; then it goes on by itself.</source>
        <translation>Trop de brouillons attendent dans la boîte de réception de {name}. Terminez-en ou supprimez-en ; cela reprendra de soi-même.</translation>
    </message>
    <message>
        <source>{name} could not work on it. Try again in a while.</source>
        <translation>{name} n’a pas pu traiter la publication. Réessayez dans un moment.</translation>
    </message>
    <message>
        <source>{name} takes posts of only so many people a day from your app. It is tried again later.</source>
        <translation>{name} n’accepte de votre app les publications que d’un certain nombre de personnes par jour. Un nouvel essai aura lieu plus tard.</translation>
    </message>
    <message>
        <source>{name} takes no more posts of this account today. It is tried again later.</source>
        <translation>{name} n’accepte plus de publication de ce compte aujourd’hui. Un nouvel essai aura lieu plus tard.</translation>
    </message>
    <message>
        <source>{name} takes videos only. Add one.</source>
        <translation>{name} n’accepte que des vidéos. Ajoutez-en une.</translation>
    </message>
    <message>
        <source>{name} has no drafts. Send the post, or keep it here for now.</source>
        <translation>{name} n’a pas de brouillons. Envoyez la publication, ou gardez-la ici pour l’instant.</translation>
    </message>
    <message>
        <source>{name} cannot show a post later by itself. Leave the time to the calendar here.</source>
        <translation>{name} ne peut pas faire paraître une publication plus tard. Laissez l’heure au calendrier d’ici.</translation>
    </message>
    <message>
        <source>None of your Facebook pages has a professional account of {name}. Make the account a professional one, connect it to a page, then sign in again.</source>
        <translation>Aucune de vos pages Facebook n’a de compte {name} professionnel. Rendez le compte professionnel, reliez-le à une page, puis reconnectez-vous.</translation>
    </message>
    <message>
        <source>The sign-in at {name} does not allow this. Look whether your app has the rights the steps name, then sign in again and leave every box ticked.</source>
        <translation>La connexion à {name} ne permet pas cela. Vérifiez que votre app a les droits indiqués dans les étapes, puis reconnectez-vous en laissant toutes les cases cochées.</translation>
    </message>
    <message>
        <source>{name} has no unlisted posts. Choose public, private, or an audience of {name}’s own.</source>
        <translation>{name} n’a pas de publications non répertoriées. Choisissez public, privé ou un public propre à {name}.</translation>
    </message>
    <message>
        <source>{name} does not offer this audience to the account. Choose another one, or change the account there.</source>
        <translation>{name} n’offre pas ce public au compte. Choisissez-en un autre, ou modifiez le compte là-bas.</translation>
    </message>
    <message>
        <source>Everything on {name} can be seen by all. Make the post public, or leave {name} out.</source>
        <translation>Sur {name}, tout est visible par tous. Rendez la publication publique, ou laissez {name} de côté.</translation>
    </message>
    <message>
        <source>{name} does not take the post as it is. Look at its words and choices, then send it again.</source>
        <translation>{name} n’accepte pas la publication telle quelle. Revoyez ses mots et ses choix, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>{name} takes this for spam and keeps it back. Open {name} itself, or wait a day before you send it again.</source>
        <translation>{name} la prend pour un spam et la retient. Ouvrez {name}, ou attendez un jour avant de la renvoyer.</translation>
    </message>
    <message>
        <source>{name} takes {most} hashtags at most. Take some out of the description.</source>
        <translation>{name} accepte {most} hashtags au plus. Retirez-en de la description.</translation>
    </message>
    <message>
        <source>Title and description are too long for {name}: {most} characters at most together. Shorten them.</source>
        <translation>Le titre et la description sont trop longs pour {name} : {most} caractères au plus à eux deux. Raccourcissez-les.</translation>
    </message>
    <message>
        <source>The video is too large for {name}: {most} MB at most. Let it be made smaller.</source>
        <translation>La vidéo est trop volumineuse pour {name} : {most} Mo au plus. Faites-la réduire.</translation>
    </message>
    <message>
        <source>The video is too long for this account at {name}: {most} seconds at most. Cut it.</source>
        <translation>La vidéo est trop longue pour ce compte chez {name} : {most} secondes au plus. Recoupez-la.</translation>
    </message>
    <message>
        <source>You have several accounts at {name}: {names}. Enter the name of one in the options of the account, then sign in again.</source>
        <translation>Vous avez plusieurs comptes chez {name} : {names}. Entrez le nom de l’un d’eux dans les options du compte, puis reconnectez-vous.</translation>
    </message>
    <message>
        <source>The video waits in the inbox of the app on your phone. Finish it there.</source>
        <translation>La vidéo attend dans la boîte de réception de l’app sur votre téléphone. Terminez-la là-bas.</translation>
    </message>
    <message>
        <source>Only you can see it: your app was not looked at by the platform yet. You can change that there.</source>
        <translation>Vous seul pouvez la voir : la plateforme n’a pas encore examiné votre app. Vous pouvez changer cela là-bas.</translation>
    </message>
    <message>
        <source>The platform takes long to work on it. Nothing needs to be done.</source>
        <translation>La plateforme met du temps à la traiter. Il n’y a rien à faire.</translation>
    </message>
    <message>
        <source>{name} does not know the post at the moment. Look there whether it still exists.</source>
        <translation>{name} ne connaît pas la publication en ce moment. Regardez là-bas si elle existe encore.</translation>
    </message>
    <message>
        <source>The post did not go out.</source>
        <translation>La publication n’est pas partie.</translation>
    </message>
    <message>
        <source>There is no account {name}. There are: {known}.</source>
        <translation>Il n’y a pas de compte {name}. Il y a : {known}.</translation>
    </message>
    <message>
        <source>Publishing is still starting. Try again in a moment.</source>
        <translation>La publication démarre encore. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The upload to {name} was lost there. Send the post again.</source>
        <translation>L’envoi vers {name} s’y est perdu. Renvoyez la publication.</translation>
    </message>
    <message>
        <source>This channel does not exist any more. Choose another, or make one.</source>
        <translation>Cette chaîne n’existe plus. Choisissez-en une autre, ou créez-en une.</translation>
    </message>
    <message>
        <source>A channel needs a name. Give it one.</source>
        <translation>Une chaîne a besoin d’un nom. Donnez-lui-en un.</translation>
    </message>
    <message>
        <source>A channel posts at most {most} times a day here. Choose a smaller number.</source>
        <translation>Une chaîne publie ici {most} fois par jour au plus. Choisissez un nombre plus petit.</translation>
    </message>
    <message>
        <source>There are {most} channels already. Remove one that is not needed any more.</source>
        <translation>Il y a déjà {most} chaînes. Supprimez-en une qui ne sert plus.</translation>
    </message>
    <message>
        <source>It is not known yet whether this post is out: the platform is being asked. Nothing is sent a second time meanwhile.</source>
        <translation>On ne sait pas encore si cette publication est parue : la plateforme est interrogée. Rien n’est envoyé une seconde fois entre-temps.</translation>
    </message>
    <message>
        <source>{account} cannot take this post: {why}. Mend it, then send it again.</source>
        <translation>{account} ne peut pas accepter cette publication : {why}. Corrigez-la, puis renvoyez-la.</translation>
    </message>
    <message>
        <source>{name} is not the file that was planned: it has changed since. Look at it, then press Try again if it is to go out like this.</source>
        <translation>{name} n’est plus le fichier prévu : il a changé depuis. Regardez-le, puis choisissez Réessayer s’il doit paraître ainsi.</translation>
    </message>
    <message>
        <source>This post does not exist any more. Look at the calendar for what is planned.</source>
        <translation>Cette publication n’existe plus. Le calendrier montre ce qui est prévu.</translation>
    </message>
    <message>
        <source>No account was chosen to post on, or too many. Choose where it should go.</source>
        <translation>Aucun compte n’a été choisi pour publier, ou il y en a trop. Choisissez où publier.</translation>
    </message>
    <message>
        <source>The platform took the post several times and does not have it. Try again later, or post it there by hand.</source>
        <translation>La plateforme a reçu la publication plusieurs fois et ne l’a pas. Réessayez plus tard, ou publiez-la là-bas à la main.</translation>
    </message>
    <message>
        <source>The post stands otherwise by now. Look at it again: what you wanted may be done already.</source>
        <translation>La publication a changé d’état entre-temps. Regardez-la de nouveau : c’est peut-être déjà fait.</translation>
    </message>
    <message>
        <source>The platform has worked on this video for half an hour without an end. Look there whether it is out, or try again later.</source>
        <translation>La plateforme traite cette vidéo depuis une demi-heure sans finir. Vérifiez là-bas si elle est parue, ou réessayez plus tard.</translation>
    </message>
    <message>
        <source>The post is going out this moment, or is out already. Change it on the platform itself.</source>
        <translation>La publication est en train de paraître, ou est déjà parue. Modifiez-la sur la plateforme.</translation>
    </message>
    <message>
        <source>The platform cannot tell whether this post is out. Look there and say so here; it is not sent a second time by itself.</source>
        <translation>La plateforme ne peut pas dire si cette publication est parue. Vérifiez là-bas et dites-le ici ; elle n’est pas renvoyée d’elle-même.</translation>
    </message>
    <message>
        <source>The post was out and is there no more: the platform or somebody has removed it. Try again makes a new one.</source>
        <translation>La publication était parue et n’y est plus : la plateforme ou quelqu’un l’a retirée. Réessayer en crée une nouvelle.</translation>
    </message>
    <message>
        <source>The words are too long for any platform: {most} letters and 500 tags at most. Shorten them.</source>
        <translation>Les textes sont trop longs pour toute plateforme : {most} lettres et 500 étiquettes au plus. Raccourcissez-les.</translation>
    </message>
    <message>
        <source>“{title}” did not go out on {account}. {reason}.</source>
        <translation>« {title} » n’est pas parue sur {account}. {reason}.</translation>
    </message>
    <message>
        <source>“{title}” waits to go out on {account}. {reason}.</source>
        <translation>« {title} » attend de paraître sur {account}. {reason}.</translation>
    </message>
    <message>
        <source>“{title}” is out on {account}.</source>
        <translation>« {title} » est parue sur {account}.</translation>
    </message>
    <message>
        <source>Is “{title}” out on {account}? The platform cannot tell. Look there, then answer in Publishing.</source>
        <translation>« {title} » est-elle parue sur {account} ? La plateforme ne peut pas le dire. Vérifiez là-bas, puis répondez dans Publication.</translation>
    </message>
    <message>
        <source>The repeats of “{title}” on {account} have ended. Plan it anew if it is to go out again.</source>
        <translation>Les rediffusions de « {title} » sur {account} sont terminées. Planifiez-la de nouveau si elle doit reparaître.</translation>
    </message>
    <message>
        <source>A test lasts 1 to {most} days, in windows of 4, 6, 8, 12 or 24 hours. Choose one of these.</source>
        <translation>Un test dure de 1 à {most} jours, par périodes de 4, 6, 8, 12 ou 24 heures. Choisissez parmi celles-ci.</translation>
    </message>
    <message>
        <source>A test needs two to {most} variants that differ. Change a title or a picture.</source>
        <translation>Un test a besoin de deux à {most} variantes différentes. Changez un titre ou une image.</translation>
    </message>
    <message>
        <source>The post has no picture of its own, so it could not be set back. Give every variant a picture.</source>
        <translation>La publication n’a pas d’image à elle : impossible d’y revenir. Donnez une image à chaque variante.</translation>
    </message>
    <message>
        <source>The picture {name} is not there any more. Choose another one.</source>
        <translation>L’image {name} n’est plus là. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>Only a post that is out can be tested. Try again once it is.</source>
        <translation>Seule une publication déjà parue peut être testée. Réessayez quand elle le sera.</translation>
    </message>
    <message>
        <source>Posts on {platform} cannot be tested: it lets nobody change them, or tells no figures.</source>
        <translation>Les publications sur {platform} ne peuvent pas être testées : impossible de les modifier, ou pas de chiffres.</translation>
    </message>
    <message>
        <source>A test of this post is running. Stop it first.</source>
        <translation>Un test de cette publication est en cours. Arrêtez-le d’abord.</translation>
    </message>
    <message>
        <source>This test is not there any more.</source>
        <translation>Ce test n’existe plus.</translation>
    </message>
    <message>
        <source>This result does not fit the test. Enter shares from 0 to 100 % and one of its variants.</source>
        <translation>Ce résultat ne correspond pas au test. Saisissez des parts de 0 à 100 % et l’une de ses variantes.</translation>
    </message>
    <message>
        <source>The platform tells no figures of this post now. They are asked for again.</source>
        <translation>La plateforme ne donne pas de chiffres de cette publication pour le moment. Ils seront redemandés.</translation>
    </message>
    <message>
        <source>The test of “{title}” is decided: “{winner}” does best and stays.</source>
        <translation>Le test de « {title} » est tranché : « {winner} » fait le mieux et reste.</translation>
    </message>
    <message>
        <source>The test of “{title}” is over: there is no difference that could be told. “{winner}” stays.</source>
        <translation>Le test de « {title} » est terminé : aucune différence décelable. « {winner} » reste.</translation>
    </message>
    <message>
        <source>The test of “{title}” has ended: {reason}.</source>
        <translation>Le test de « {title} » s’est arrêté : {reason}.</translation>
    </message>
    <message>
        <source>Open the video in YouTube Studio on a computer, and its details.</source>
        <translation>Ouvrez la vidéo dans YouTube Studio sur un ordinateur, puis ses détails.</translation>
    </message>
    <message>
        <source>Beside the title or the thumbnail, choose A/B testing. It is there for long videos, with advanced features switched on.</source>
        <translation>À côté du titre ou de la miniature, choisissez le test A/B. Il existe pour les vidéos longues, avec les fonctionnalités avancées activées.</translation>
    </message>
    <message>
        <source>Enter the variants of this test there, and begin it.</source>
        <translation>Saisissez-y les variantes de ce test et lancez-le.</translation>
    </message>
    <message>
        <source>YouTube takes up to two weeks and decides by the share of watch time.</source>
        <translation>YouTube prend jusqu’à deux semaines et décide selon la part de durée de visionnage.</translation>
    </message>
    <message>
        <source>Come back here and enter the shares and who won, or that nobody did.</source>
        <translation>Revenez ici et saisissez les parts et le gagnant, ou qu’il n’y en a pas.</translation>
    </message>
    <message>
        <source>A rule needs a name and one to five conditions.</source>
        <translation>Une règle a besoin d’un nom et d’une à cinq conditions.</translation>
    </message>
    <message>
        <source>A condition counts from 0 up, within a year at most. Correct the numbers.</source>
        <translation>Une condition compte à partir de 0, sur un an au plus. Corrigez les nombres.</translation>
    </message>
    <message>
        <source>Choose the language of the variant.</source>
        <translation>Choisissez la langue de la variante.</translation>
    </message>
    <message>
        <source>A short variant lasts {least} to {most} seconds. Choose a length between.</source>
        <translation>Une variante courte dure de {least} à {most} secondes. Choisissez une durée entre les deux.</translation>
    </message>
    <message>
        <source>Choose where the variant is published, or let the rule only propose it.</source>
        <translation>Choisissez où publier la variante, ou laissez la règle seulement la proposer.</translation>
    </message>
    <message>
        <source>There are {most} rules already. Remove one first.</source>
        <translation>Il y a déjà {most} règles. Supprimez-en une d’abord.</translation>
    </message>
    <message>
        <source>This proposal is not there any more.</source>
        <translation>Cette proposition n’existe plus.</translation>
    </message>
    <message>
        <source>Nothing is ready to go out here. Wait until it is made, and choose accounts in the rule.</source>
        <translation>Rien n’est prêt à sortir ici. Attendez que ce soit fait, et choisissez des comptes dans la règle.</translation>
    </message>
    <message>
        <source>Nobody here can translate. Choose a model in Settings, under Intelligence, or switch a service on there that writes text, then press “Try again”.</source>
        <translation>Personne ici ne peut traduire. Choisissez un modèle dans les réglages, sous Intelligence, ou activez-y un service qui écrit du texte, puis appuyez sur «&#xa0;Réessayer&#xa0;».</translation>
    </message>
    <message>
        <source>What the model wrote is no translation that fits. Choose another one for translating in Settings, under Intelligence, then press “Try again”.</source>
        <translation>Ce que le modèle a écrit n’est pas une traduction qui convient. Choisissez-en un autre pour la traduction dans les réglages, sous Intelligence, puis appuyez sur «&#xa0;Réessayer&#xa0;».</translation>
    </message>
    <message>
        <source>Translated so far: {done} of {all} parts of its subtitles.</source>
        <translation>Traduit jusqu’ici&#xa0;: {done} parties sur {all} de ses sous-titres.</translation>
    </message>
    <message>
        <source>A variant can be made of a video of up to {hours} hours.</source>
        <translation>Une variante peut être faite d’une vidéo de {hours} heures au plus.</translation>
    </message>
    <message>
        <source>The post has no video file a variant could be made of.</source>
        <translation>La publication n’a pas de fichier vidéo dont tirer une variante.</translation>
    </message>
    <message>
        <source>There are no words for subtitles. Put a subtitle file beside the video, or choose a model that hears in Settings.</source>
        <translation>Il n’y a pas de paroles pour des sous-titres. Placez un fichier de sous-titres à côté de la vidéo, ou choisissez dans les réglages un modèle qui écoute.</translation>
    </message>
    <message>
        <source>The Studio could not make “{title}”. Open it there and let it go on.</source>
        <translation>Le Studio n’a pas pu faire « {title} ». Ouvrez-le là-bas et reprenez.</translation>
    </message>
    <message>
        <source>“{title}” does well: the variant of the rule “{rule}” is ready. Look at it in Publishing.</source>
        <translation>« {title} » marche bien : la variante de la règle « {rule} » est prête. Regardez-la dans Publication.</translation>
    </message>
    <message>
        <source>“{title}” does well: the variant of the rule “{rule}” goes out.</source>
        <translation>« {title} » marche bien : la variante de la règle « {rule} » est publiée.</translation>
    </message>
    <message>
        <source>No variant of “{title}” could be made: {reason}.</source>
        <translation>Aucune variante de « {title} » n’a pu être faite : {reason}.</translation>
    </message>
    <message>
        <source>{name} is no video.</source>
        <translation>{name} n’est pas une vidéo.</translation>
    </message>
    <message>
        <source>{name} is not there any more, or lies outside of the folder.</source>
        <translation>{name} n’est plus là, ou se trouve hors du dossier.</translation>
    </message>
    <message>
        <source>{name} is still being written. It is taken when it is whole.</source>
        <translation>{name} est encore en cours d’écriture. Il sera pris une fois complet.</translation>
    </message>
    <message>
        <source>No accounts are chosen for the watch folder. Choose some in Settings, Publishing.</source>
        <translation>Aucun compte n’est choisi pour le dossier surveillé. Choisissez-en dans Réglages, Publication.</translation>
    </message>
    <message>
        <source>This film is not known to the watch folder any more.</source>
        <translation>Le dossier surveillé ne connaît plus ce film.</translation>
    </message>
    <message>
        <source>This film is done already. Its posts are in Publishing.</source>
        <translation>Ce film est déjà traité. Ses publications sont dans Publication.</translation>
    </message>
    <message>
        <source>“{title}” from the watch folder is ready. It waits for you in Publishing.</source>
        <translation>« {title} », du dossier surveillé, est prêt. Il vous attend dans Publication.</translation>
    </message>
    <message>
        <source>“{title}” from the watch folder goes out.</source>
        <translation>« {title} », du dossier surveillé, est publié.</translation>
    </message>
    <message>
        <source>{name} in the watch folder cannot be used: {reason}.</source>
        <translation>{name}, dans le dossier surveillé, est inutilisable : {reason}.</translation>
    </message>
    <message>
        <source>The watch folder is done: films taken: {done}, unusable ones: {broken}.</source>
        <translation>Le dossier surveillé est traité : films pris : {done}, inutilisables : {broken}.</translation>
    </message>
    <message>
        <source>Enter a number from 0 to {most}. 0 means as often as anybody likes.</source>
        <translation>Indiquez un nombre de 0 à {most}. 0 veut dire autant de fois qu’on veut.</translation>
    </message>
    <message>
        <source>This link is not in the list any more. Make a new one.</source>
        <translation>Ce lien n’est plus dans la liste. Créez-en un nouveau.</translation>
    </message>
    <message>
        <source>The clock of this machine was set back, so links are closed. Set it right; if it is right now, say so under Settings, Links.</source>
        <translation>L’horloge de cette machine a été reculée&#xa0;: les liens sont fermés. Réglez-la&#x202f;; si elle est juste, dites-le dans Réglages, Liens.</translation>
    </message>
    <message>
        <source>All links were taken back since, so its addresses never open again. Make a new link.</source>
        <translation>Tous les liens ont été retirés depuis&#xa0;: ses adresses ne s’ouvriront plus jamais. Créez un nouveau lien.</translation>
    </message>
    <message>
        <source>The keys that sign links cannot be read, so no link opens. Links that were given out end when you take all back under Settings, Links.</source>
        <translation>Les clés qui signent les liens sont illisibles&#xa0;: aucun lien ne s’ouvre. Les liens déjà donnés prennent fin quand vous les retirez tous dans Réglages, Liens.</translation>
    </message>
    <message>
        <source>This machine is in no network of a home now, so the link has no address yet. It has one when the network is there, or with a public address in Settings, Links.</source>
        <translation>Cette machine n’est dans aucun réseau domestique&#xa0;: le lien n’a pas encore d’adresse. Il en aura une avec le réseau, ou avec une adresse publique dans Réglages, Liens.</translation>
    </message>
    <message>
        <source>Nobody knows where to send it. Enter an address, or copy the link.</source>
        <translation>Personne ne sait où l’envoyer. Indiquez une adresse, ou copiez le lien.</translation>
    </message>
    <message>
        <source>{name} is no film or video. Choose one, or a folder of them.</source>
        <translation>{name} n’est ni un film ni une vidéo. Choisissez-en un, ou un dossier qui en contient.</translation>
    </message>
    <message>
        <source>{name} is not a folder. Choose a folder, or share it as a file.</source>
        <translation>{name} n’est pas un dossier. Choisissez un dossier, ou partagez-le comme fichier.</translation>
    </message>
    <message>
        <source>There is no account that could send it. Add one under Publishing, Accounts, or copy the link.</source>
        <translation>Aucun compte ne peut l’envoyer. Ajoutez-en un dans Publication, Comptes, ou copiez le lien.</translation>
    </message>
    <message>
        <source>The picture could not be written to {path} ({reason}). The link is made: choose another place for its picture.</source>
        <translation>L’image n’a pas pu être écrite dans {path} ({reason}). Le lien est créé&#xa0;: choisissez un autre endroit pour son image.</translation>
    </message>
    <message>
        <source>This time is over already. Choose a later one.</source>
        <translation>Ce moment est déjà passé. Choisissez-en un plus tardif.</translation>
    </message>
    <message>
        <source>“{text}” is no web address. Copy your payment link from your browser: it begins with https://.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas une adresse web. Copiez votre lien de paiement depuis votre navigateur&#xa0;: il commence par https://.</translation>
    </message>
    <message>
        <source>A link has {most} recipients at most. Make a second one for the others.</source>
        <translation>Un lien a {most} destinataires au plus. Créez-en un second pour les autres.</translation>
    </message>
    <message>
        <source>The link would end before it opens. Choose a later end.</source>
        <translation>Le lien prendrait fin avant de s’ouvrir. Choisissez une fin plus tardive.</translation>
    </message>
    <message>
        <source>The clock of this machine was set back. Links are closed until it is right again, or until you say that it is right now.</source>
        <translation>L’horloge de cette machine a été reculée. Les liens sont fermés jusqu’à ce qu’elle soit juste, ou que vous disiez qu’elle l’est.</translation>
    </message>
    <message>
        <source>The clock is right again, and links are open.</source>
        <translation>L’horloge est de nouveau juste, et les liens sont ouverts.</translation>
    </message>
    <message>
        <source>Your Google Cloud project does not allow this yet. Open its library of APIs and switch on the YouTube Data API v3, wait a few minutes, then try again.</source>
        <translation>Votre projet Google Cloud ne le permet pas encore. Ouvrez sa bibliothèque d’API et activez la YouTube Data API v3, attendez quelques minutes, puis réessayez.</translation>
    </message>
    <message>
        <source>YouTube does not know this category. Choose another.</source>
        <translation>YouTube ne connaît pas cette catégorie. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>YouTube will not take this description. It may have 5,000 bytes, and no &lt; or &gt;.</source>
        <translation>YouTube n’accepte pas cette description. Elle peut avoir 5 000 octets, sans &lt; ni &gt;.</translation>
    </message>
    <message>
        <source>YouTube does not allow this to your channel. Look in YouTube Studio whether something is locked there.</source>
        <translation>YouTube ne permet pas cela à votre chaîne. Regardez dans YouTube Studio si quelque chose y est bloqué.</translation>
    </message>
    <message>
        <source>That video is no longer on YouTube: it was removed there.</source>
        <translation>Cette vidéo n’est plus sur YouTube&#xa0;: elle y a été supprimée.</translation>
    </message>
    <message>
        <source>This Google account has no YouTube channel. Make one at youtube.com, or sign in with another account.</source>
        <translation>Ce compte Google n’a pas de chaîne YouTube. Créez-en une sur youtube.com, ou connectez-vous avec un autre compte.</translation>
    </message>
    <message>
        <source>YouTube will not take this time. Choose one that lies ahead.</source>
        <translation>YouTube n’accepte pas cette heure. Choisissez-en une à venir.</translation>
    </message>
    <message>
        <source>Your Google Cloud project has used up what it may ask YouTube today. It goes on by itself after midnight, Pacific time.</source>
        <translation>Votre projet Google Cloud a épuisé ce qu’il peut demander à YouTube aujourd’hui. La suite reprend d’elle-même après minuit, heure du Pacifique.</translation>
    </message>
    <message>
        <source>Of what your Google Cloud project may ask YouTube today, {left} units are left, and this takes {needed}. It goes on by itself after midnight, Pacific time.</source>
        <translation>De ce que votre projet Google Cloud peut demander à YouTube aujourd’hui, il reste {left} unités, et ceci en prend {needed}. La suite reprend d’elle-même après minuit, heure du Pacifique.</translation>
    </message>
    <message>
        <source>This takes {needed} of what your Google Cloud project may ask YouTube in a day, and you set {most}. Set what Google gives you in the options of the account.</source>
        <translation>Ceci prend {needed} de ce que votre projet Google Cloud peut demander à YouTube en un jour, et vous avez réglé {most}. Réglez ce que Google vous accorde dans les options du compte.</translation>
    </message>
    <message>
        <source>YouTube took the video and then rejected it. YouTube Studio tells why.</source>
        <translation>YouTube a pris la vidéo, puis l’a rejetée. YouTube Studio dit pourquoi.</translation>
    </message>
    <message>
        <source>YouTube rejected the video because somebody else has rights in it. YouTube Studio tells which.</source>
        <translation>YouTube a rejeté la vidéo parce que quelqu’un d’autre y a des droits. YouTube Studio dit lesquels.</translation>
    </message>
    <message>
        <source>YouTube rejected the video because it is on your channel already.</source>
        <translation>YouTube a rejeté la vidéo parce qu’elle est déjà sur votre chaîne.</translation>
    </message>
    <message>
        <source>YouTube rejected the video because it is too long. Verify your channel at youtube.com/verify: then it may be longer than 15 minutes.</source>
        <translation>YouTube a rejeté la vidéo parce qu’elle est trop longue. Faites vérifier votre chaîne sur youtube.com/verify&#xa0;: elle pourra alors dépasser 15 minutes.</translation>
    </message>
    <message>
        <source>YouTube will not take these tags. All together they may have 500 characters.</source>
        <translation>YouTube n’accepte pas ces tags. Tous ensemble, ils peuvent avoir 500 caractères.</translation>
    </message>
    <message>
        <source>YouTube takes thumbnails of 2 MB at most, as JPEG or PNG. Choose another picture.</source>
        <translation>YouTube accepte des miniatures de 2 Mo au plus, en JPEG ou PNG. Choisissez une autre image.</translation>
    </message>
    <message>
        <source>YouTube will not take this title. It may have 100 characters, and no &lt; or &gt;.</source>
        <translation>YouTube n’accepte pas ce titre. Il peut avoir 100 caractères, sans &lt; ni &gt;.</translation>
    </message>
    <message>
        <source>YouTube could not do anything with this file. Save the video as MP4 with H.264, then try again.</source>
        <translation>YouTube n’a rien pu faire de ce fichier. Enregistrez la vidéo en MP4 avec H.264, puis réessayez.</translation>
    </message>
    <message>
        <source>Your channel has uploaded as much as YouTube allows in a day. It is tried again later.</source>
        <translation>Votre chaîne a envoyé autant de vidéos que YouTube en permet par jour. Un nouvel essai aura lieu plus tard.</translation>
    </message>
    <message>
        <source>Your Google Cloud project has uploaded as many videos as it may today. It goes on by itself after midnight, Pacific time.</source>
        <translation>Votre projet Google Cloud a envoyé autant de vidéos qu’il le peut aujourd’hui. La suite reprend d’elle-même après minuit, heure du Pacifique.</translation>
    </message>
    <message>
        <source>YouTube will not take these words. Look at title, description, tags and category.</source>
        <translation>YouTube n’accepte pas ces textes. Vérifiez le titre, la description, les tags et la catégorie.</translation>
    </message>
    <message>
        <source>The video is out, but YouTube would not take the captions.</source>
        <translation>La vidéo est en ligne, mais YouTube n’a pas voulu des sous-titres.</translation>
    </message>
    <message>
        <source>left today: units {units}, uploads {uploads}</source>
        <translation>reste aujourd’hui : unités {units}, envois {uploads}</translation>
    </message>
    <message>
        <source>YouTube keeps the video private: it does so with projects it has not audited. Ask Google for the audit, or make the video public in YouTube Studio.</source>
        <translation>YouTube garde la vidéo privée&#xa0;: il le fait pour les projets qu’il n’a pas audités. Demandez l’audit à Google, ou rendez la vidéo publique dans YouTube Studio.</translation>
    </message>
    <message>
        <source>The video is out, but YouTube would not take the thumbnail. It wants JPEG or PNG of 2 MB at most, and a channel verified by phone.</source>
        <translation>La vidéo est en ligne, mais YouTube n’a pas voulu de la miniature. Il demande un JPEG ou un PNG de 2 Mo au plus, et une chaîne vérifiée par téléphone.</translation>
    </message>
    <message>
        <source>This alert is over already.</source>
        <translation>Cette alerte est déjà terminée.</translation>
    </message>
    <message>
        <source>There is no such rule: {name}.</source>
        <translation>Il n’y a pas de telle règle&#xa0;: {name}.</translation>
    </message>
    <message>
        <source>“{time}” is no time of the day. Write it like 22:00.</source>
        <translation>«&#xa0;{time}&#xa0;» n’est pas une heure. Écrivez-la comme 22:00.</translation>
    </message>
    <message>
        <source>No address for alerts is given. Type your own at “Alerts to” of this account.</source>
        <translation>Aucune adresse pour les alertes n’est donnée. Saisissez la vôtre à «&#xa0;Alertes à&#xa0;» de ce compte.</translation>
    </message>
    <message>
        <source>“{topic}” is no topic of ntfy. It has letters, figures, - and _, 64 at most.</source>
        <translation>«&#xa0;{topic}&#xa0;» n’est pas un sujet ntfy. Il a des lettres, des chiffres, - et _, 64 au plus.</translation>
    </message>
    <message>
        <source>{title}
{text}</source>
        <translation>{title}
{text}</translation>
    </message>
    <message>
        <source>Another program listens as the same bot of {name}. End it, or give the station a bot of its own.</source>
        <translation>Un autre programme écoute avec le même robot {name}. Arrêtez-le, ou donnez à la station un robot à elle.</translation>
    </message>
    <message>
        <source>The file is too large to be sent through {name}.</source>
        <translation>Le fichier est trop gros pour être envoyé par {name}.</translation>
    </message>
    <message>
        <source>They cannot be written to through {name}: they stopped the bot, or never started it.</source>
        <translation>On ne peut pas leur écrire par {name}&#xa0;: le robot a été arrêté, ou jamais démarré.</translation>
    </message>
    <message>
        <source>The message is not there any more.</source>
        <translation>Le message n’est plus là.</translation>
    </message>
    <message>
        <source>The button was pressed too long ago.</source>
        <translation>Le bouton a été pressé il y a trop longtemps.</translation>
    </message>
    <message>
        <source>{name} does not take this message.</source>
        <translation>{name} n’accepte pas ce message.</translation>
    </message>
    <message>
        <source>The bot has no name at {name}. Make another one with @BotFather.</source>
        <translation>Le robot n’a pas de nom chez {name}. Créez-en un autre avec @BotFather.</translation>
    </message>
    <message>
        <source>No phone is paired yet. Pair one in the settings.</source>
        <translation>Aucun téléphone n’est encore associé. Associez-en un dans les réglages.</translation>
    </message>
    <message>
        <source>Nothing carries messages to phones. Give the station the token of a bot first.</source>
        <translation>Rien ne porte de messages aux téléphones. Donnez d’abord à la station le jeton d’un robot.</translation>
    </message>
    <message>
        <source>Commands from phones are switched off.</source>
        <translation>Les commandes depuis un téléphone sont désactivées.</translation>
    </message>
    <message>
        <source>{most} phones are paired already. Remove one first.</source>
        <translation>{most} téléphones sont déjà associés. Retirez-en un d’abord.</translation>
    </message>
    <message>
        <source>The chat service asks for pause after pause. Try again later.</source>
        <translation>Le service de messagerie demande pause sur pause. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>What the remote must remember cannot be written: the disk may be full.</source>
        <translation>Ce que la télécommande doit retenir ne peut pas être écrit&#xa0;: le disque est peut-être plein.</translation>
    </message>
    <message>
        <source>{name} may command the station from a phone now.</source>
        <translation>{name} peut maintenant commander la station depuis un téléphone.</translation>
    </message>
    <message>
        <source>{name} cannot be put back: {reason}. Nothing else was changed; try another one.</source>
        <translation>{name} ne peut pas être remis en place : {reason}. Rien d’autre n’a changé ; essayez-en une autre.</translation>
    </message>
    <message>
        <source>No backup could be written to {folder}: {reason}. The older ones are as they were.</source>
        <translation>Aucune sauvegarde n’a pu être écrite dans {folder} : {reason}. Les anciennes sont inchangées.</translation>
    </message>
    <message>
        <source>{folder} has no room for a backup of {megabytes} MB. Free some space, or choose another folder in Settings.</source>
        <translation>{folder} n’a pas la place pour une sauvegarde de {megabytes} Mo. Libérez de la place, ou choisissez un autre dossier dans les Réglages.</translation>
    </message>
    <message>
        <source>A station runs. Quit it first, then restore.</source>
        <translation>Une station tourne. Quittez-la d’abord, puis restaurez.</translation>
    </message>
    <message>
        <source>There is no backup {name}. See them with: sokoul backup --list.</source>
        <translation>Il n’y a pas de sauvegarde {name}. Voyez-les avec : sokoul backup --list.</translation>
    </message>
    <message>
        <source>{part} holds things that cannot be made again, so it is not emptied.</source>
        <translation>{part} contient des choses qui ne peuvent pas être refaites : rien n’est supprimé.</translation>
    </message>
    <message>
        <source>The backup {name} is back in place. Publishing is paused: look at the queue, then let it go on.</source>
        <translation>La sauvegarde {name} est de nouveau en place. La publication est en pause : regardez la file, puis reprenez.</translation>
    </message>
</context>
<context>
    <name>MetricsCard</name>
    <message>
        <source>Address of the figures</source>
        <translation>Adresse des chiffres</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>Copier le jeton</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Nouveau jeton</translation>
    </message>
    <message>
        <source>Prometheus sends it as a bearer token. With a new one the old is good no more.</source>
        <translation>Prometheus l’envoie comme jeton « bearer ». Avec un nouveau, l’ancien ne vaut plus rien.</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Jeton</translation>
    </message>
    <message>
        <source>Switch the figures on first.</source>
        <translation>Activez d’abord les chiffres.</translation>
    </message>
    <message>
        <source>The station is in no home network now.</source>
        <translation>La station n’est dans aucun réseau de la maison pour l’instant.</translation>
    </message>
    <message>
        <source>The token is in the clipboard.</source>
        <translation>Le jeton est dans le presse-papiers.</translation>
    </message>
    <message>
        <source>A new token is in the clipboard. The old one is good no more.</source>
        <translation>Un nouveau jeton est dans le presse-papiers. L’ancien ne vaut plus rien.</translation>
    </message>
</context>
<context>
    <name>MisfitList</name>
    <message>
        <source>Mend it</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>Looking whether it fits {0}…</source>
        <translation>Vérification pour {0}…</translation>
    </message>
    <message>
        <source>Does not fit {0} yet</source>
        <translation>Ne convient pas encore à {0}</translation>
    </message>
    <message>
        <source>Fits {0}</source>
        <translation>Convient à {0}</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Looking for models…</source>
        <translation>Recherche de modèles…</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>Ready: llama.cpp, on this device</source>
        <translation>Prêt : llama.cpp, sur cet appareil</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Models need llama.cpp. It is built on this device, in the background: ten minutes or so, and the network for its source.</source>
        <translation>Les modèles ont besoin de llama.cpp. Il se construit sur cet appareil, en arrière-plan : une dizaine de minutes, et le réseau pour sa source.</translation>
    </message>
    <message>
        <source>Build it</source>
        <translation>Construire</translation>
    </message>
    <message>
        <source>Fetching its source</source>
        <translation>Récupération de sa source</translation>
    </message>
    <message>
        <source>Being built</source>
        <translation>En construction</translation>
    </message>
    <message>
        <source>Being installed</source>
        <translation>En installation</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Ça commence</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>the station goes on meanwhile</source>
        <translation>la station continue pendant ce temps</translation>
    </message>
    <message>
        <source>Do not use</source>
        <translation>Ne pas utiliser</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>A good one for this device: Qwen2.5-3B-Instruct, file Q4_K_M (2.1 GB), published by Qwen on Hugging Face under the Qwen Research License, for use that earns nothing. Put it into {folder}.</source>
        <translation>Un bon pour cet appareil : Qwen2.5-3B-Instruct, fichier Q4_K_M (2,1 Go), publié par Qwen sur Hugging Face sous la licence Qwen Research, pour un usage qui ne rapporte rien. Mettez-le dans {folder}.</translation>
    </message>
    <message>
        <source>Where to get a model</source>
        <translation>Où trouver un modèle</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Regarder à nouveau</translation>
    </message>
    <message>
        <source>{0} billion parameters</source>
        <translation>{0} milliards de paramètres</translation>
    </message>
    <message>
        <source>{rate} tokens a second, first word after {first} s, {memory}</source>
        <translation>{rate} jetons par seconde, premier mot après {first} s, {memory}</translation>
    </message>
    <message>
        <source>Being tried</source>
        <translation>À l&apos;essai</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Se charge</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Réfléchit</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisé</translation>
    </message>
</context>
<context>
    <name>MomentPicker</name>
    <message>
        <source>A day earlier</source>
        <translation>Un jour plus tôt</translation>
    </message>
    <message>
        <source>A day later</source>
        <translation>Un jour plus tard</translation>
    </message>
    <message>
        <source>An hour earlier</source>
        <translation>Une heure plus tôt</translation>
    </message>
    <message>
        <source>An hour later</source>
        <translation>Une heure plus tard</translation>
    </message>
    <message>
        <source>Five minutes earlier</source>
        <translation>Cinq minutes plus tôt</translation>
    </message>
    <message>
        <source>Five minutes later</source>
        <translation>Cinq minutes plus tard</translation>
    </message>
</context>
<context>
    <name>MoneyCard</name>
    <message>
        <source>Nothing was paid for this video.</source>
        <translation>Rien n’a été payé pour cette vidéo.</translation>
    </message>
    <message>
        <source>Paid for this video.</source>
        <translation>Payé pour cette vidéo.</translation>
    </message>
    <message>
        <source>{0} of {1} this month</source>
        <translation>{0} sur {1} ce mois-ci</translation>
    </message>
</context>
<context>
    <name>Needs</name>
    <message>
        <source>The sign-in at {name} ends {day}. Sign in again, so that no post has to wait.</source>
        <translation>La connexion à {name} se termine {day}. Reconnectez-vous pour qu’aucune publication n’attende.</translation>
    </message>
    <message>
        <source>{name} signed you out. Sign in before the next post.</source>
        <translation>{name} vous a déconnecté. Connectez-vous avant la prochaine publication.</translation>
    </message>
    <message>
        <source>The post is kept and goes out when you sign in again.</source>
        <translation>La publication est gardée et part quand vous vous reconnectez.</translation>
    </message>
    <message>
        <source>{0} posts are kept and go out when you sign in again.</source>
        <translation>{0} publications sont gardées et partent quand vous vous reconnectez.</translation>
    </message>
    <message>
        <source>{name} signed you out.</source>
        <translation>{name} vous a déconnecté.</translation>
    </message>
    <message>
        <source>“{title}” waits for your yes. It goes to {platform}, {when}.</source>
        <translation>« {title} » attend votre accord. Destination : {platform}, {when}.</translation>
    </message>
    <message>
        <source>{platform} did not say whether “{title}” is out. Look there, then say so here: it is not sent twice.</source>
        <translation>{platform} n’a pas dit si « {title} » est sortie. Regardez là-bas, puis dites-le ici : elle n’est pas envoyée deux fois.</translation>
    </message>
    <message>
        <source>“{title}” for {platform} is held. {why}</source>
        <translation>« {title} » pour {platform} est retenue. {why}</translation>
    </message>
    <message>
        <source>“{title}” did not go to {platform}. {why}</source>
        <translation>« {title} » n’est pas partie vers {platform}. {why}</translation>
    </message>
</context>
<context>
    <name>NeedsCard</name>
    <message>
        <source>Needs you</source>
        <translation>À vous de jouer</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the queue</source>
        <translation>
            <numerusform>%n de plus dans la file</numerusform>
            <numerusform>%n de plus dans la file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Networks</name>
    <message>
        <source>Home network</source>
        <translation>Réseau du foyer</translation>
    </message>
    <message>
        <source>Open internet</source>
        <translation>Internet ouvert</translation>
    </message>
    <message>
        <source>VPN or tunnel</source>
        <translation>VPN ou tunnel</translation>
    </message>
    <message>
        <source>Containers of this machine</source>
        <translation>Conteneurs de cette machine</translation>
    </message>
</context>
<context>
    <name>NetworksCard</name>
    <message>
        <source>Use all networks of the home</source>
        <translation>Utiliser tous les réseaux du foyer</translation>
    </message>
    <message>
        <source>Those that come later too</source>
        <translation>Ceux qui viendront plus tard aussi</translation>
    </message>
    <message>
        <source>All networks of the home</source>
        <translation>Tous les réseaux du foyer</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>Utiliser {name}</translation>
    </message>
</context>
<context>
    <name>NewTile</name>
    <message>
        <source>New video</source>
        <translation>Nouvelle vidéo</translation>
    </message>
</context>
<context>
    <name>NewVideo</name>
    <message>
        <source>Studio / Projects</source>
        <translation>Studio / Projets</translation>
    </message>
    <message>
        <source>Back to the video</source>
        <translation>Retour à la vidéo</translation>
    </message>
    <message>
        <source>A topic</source>
        <translation>Un sujet</translation>
    </message>
    <message>
        <source>My own text</source>
        <translation>Mon propre texte</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Make the video</source>
        <translation>Faire la vidéo</translation>
    </message>
    <message>
        <source>Make the changes</source>
        <translation>Appliquer les changements</translation>
    </message>
    <message>
        <source>Why time runs slower in your kitchen</source>
        <translation>Pourquoi le temps passe moins vite dans votre cuisine</translation>
    </message>
    <message>
        <source>What the video is about</source>
        <translation>De quoi parle la vidéo</translation>
    </message>
    <message>
        <source>Write or paste what is to be spoken.</source>
        <translation>Écrivez ou collez ce qui doit être dit.</translation>
    </message>
    <message>
        <source>The text that is spoken</source>
        <translation>Le texte qui est dit</translation>
    </message>
    <message>
        <source>New video</source>
        <translation>Nouvelle vidéo</translation>
    </message>
    <message>
        <source>Change the video</source>
        <translation>Modifier la vidéo</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Style</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Ton</translation>
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
    <name>NightRow</name>
    <message>
        <source>Run now</source>
        <translation>Lancer maintenant</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Has not run yet</source>
        <translation>N’a pas encore tourné</translation>
    </message>
    <message>
        <source>Running since {time}</source>
        <translation>En cours depuis {time}</translation>
    </message>
    <message>
        <source>Failed {time}</source>
        <translation>Échec le {time}</translation>
    </message>
    <message>
        <source>Cancelled {time}</source>
        <translation>Annulé le {time}</translation>
    </message>
    <message>
        <source>Done {time}</source>
        <translation>Fait le {time}</translation>
    </message>
    <message>
        <source>Next {time}</source>
        <translation>Prochain : {time}</translation>
    </message>
</context>
<context>
    <name>NightsView</name>
    <message>
        <source>The nights cannot be shown now</source>
        <translation>Les nuits ne peuvent pas être affichées maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>There is none yet. The first is made tonight, or when you run it now.</source>
        <translation>Il n’y en a pas encore. La première se fera cette nuit, ou quand vous la lancerez.</translation>
    </message>
    <message>
        <source>One is put back with: sokoul backup --restore NAME</source>
        <translation>On en remet une en place avec : sokoul backup --restore NOM</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sauvegardes</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Decide</source>
        <translation>Décider</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>OpenProject</name>
    <message>
        <source>Back to the projects</source>
        <translation>Retour aux projets</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Make this and what follows anew</source>
        <translation>Refaire cette étape et la suite</translation>
    </message>
    <message>
        <source>Use a file of my own</source>
        <translation>Utiliser un fichier à moi</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scènes</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Fait avec</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message numerus="yes">
        <source>%n scene(s)</source>
        <translation>
            <numerusform>%n scène</numerusform>
            <numerusform>%n scènes</numerusform>
        </translation>
    </message>
    <message>
        <source>The script is being written. Its scenes appear here.</source>
        <translation>Le scénario s’écrit. Ses scènes apparaîtront ici.</translation>
    </message>
    <message>
        <source>There is no script yet. Press “Make the video”.</source>
        <translation>Il n’y a pas encore de scénario. Appuyez sur «&#xa0;Faire la vidéo&#xa0;».</translation>
    </message>
    <message>
        <source>By {0}</source>
        <translation>Par {0}</translation>
    </message>
    <message>
        <source>Paid: {0}</source>
        <translation>Payé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>This project cannot be shown now</source>
        <translation>Ce projet ne peut pas être affiché pour l’instant</translation>
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
    <message>
        <source>Trying {0}.</source>
        <translation>Essai de {0}.</translation>
    </message>
    <message>
        <source>{0} is being looked for. It begins as soon as it will not stop again.</source>
        <translation>{0} est recherché. La lecture commence dès qu’elle ne s’arrêtera plus.</translation>
    </message>
    <message numerus="yes">
        <source>Begins in about %n second(s), then plays without stopping.</source>
        <translation>
            <numerusform>Commence dans environ %n seconde, puis se lit sans arrêt.</numerusform>
            <numerusform>Commence dans environ %n secondes, puis se lit sans arrêt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outlets</name>
    <message>
        <source>Publish when it is ready</source>
        <translation>Publier dès qu’elle est prête</translation>
    </message>
    <message>
        <source>Try the thumbnails against each other</source>
        <translation>Mettre les vignettes en concurrence</translation>
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
    <name>Oversight</name>
    <message>
        <source>Watch folder</source>
        <translation>Dossier surveillé</translation>
    </message>
    <message>
        <source>Prometheus</source>
        <translation>Prometheus</translation>
    </message>
    <message>
        <source>{name} was taken out of the accounts for the watch folder.</source>
        <translation>{name} a été retiré des comptes du dossier surveillé.</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Access link</source>
        <translation>Lien d’accès</translation>
    </message>
    <message>
        <source>All links</source>
        <translation>Tous les liens</translation>
    </message>
    <message>
        <source>Your videos, out in the world</source>
        <translation>Vos vidéos, partout</translation>
    </message>
    <message>
        <source>Add an account once. Then a finished video goes to every platform at the time you choose, exactly once, and you see here how it does.</source>
        <translation>Ajoutez un compte une fois. Ensuite, une vidéo terminée part vers chaque plateforme à l’heure que vous choisissez, exactement une fois, et vous voyez ici comment elle marche.</translation>
    </message>
    <message>
        <source>No account yet? A folder with its RSS feed works at once.</source>
        <translation>Pas encore de compte ? Un dossier avec son flux RSS fonctionne tout de suite.</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Ajouter un compte</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>The calendar cannot be shown now. {0} Nothing of yours was lost.</source>
        <translation>Le calendrier ne peut pas être affiché maintenant. {0} Rien n’est perdu.</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Media disk</source>
        <translation>Disque médias</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>The machine cannot be looked at now</source>
        <translation>La machine ne peut pas être observée maintenant</translation>
    </message>
    <message>
        <source>What the station does goes on all the same.</source>
        <translation>Ce que fait la station continue quand même.</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n cœur</numerusform>
            <numerusform>%n cœurs</numerusform>
        </translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>non connecté</translation>
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
    <message>
        <source>Search every source for “{text}”</source>
        <translation>Chercher «&#xa0;{text}&#xa0;» dans toutes les sources</translation>
    </message>
</context>
<context>
    <name>PartRow</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n fichier</numerusform>
            <numerusform>%n fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Vider</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>PastRow</name>
    <message>
        <source>{begin} to {end}</source>
        <translation>{begin} à {end}</translation>
    </message>
</context>
<context>
    <name>PeerList</name>
    <message>
        <source>Peers</source>
        <translation>Pairs</translation>
    </message>
    <message>
        <source>Nobody is connected just now.</source>
        <translation>Personne n’est connecté en ce moment.</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>chiffré</translation>
    </message>
</context>
<context>
    <name>PeopleCard</name>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>Retirer {name}</translation>
    </message>
    <message>
        <source>May command since {day}</source>
        <translation>Peut commander depuis le {day}</translation>
    </message>
    <message>
        <source>Nobody commands from a phone.</source>
        <translation>Personne ne commande depuis un téléphone.</translation>
    </message>
    <message>
        <source>No phones</source>
        <translation>Aucun téléphone</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
</context>
<context>
    <name>PiecesBar</name>
    <message>
        <source>Parts that are here</source>
        <translation>Morceaux arrivés</translation>
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
        <source>Remove {name}</source>
        <translation>Retirer {name}</translation>
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
    <name>PostCard</name>
    <message>
        <source>In your hand. Arrows move it, OK puts it down, Back leaves it.</source>
        <translation>Dans votre main. Les flèches la déplacent, OK la pose, Retour la laisse.</translation>
    </message>
    <message>
        <source>OK takes it to move it.</source>
        <translation>OK la prend pour la déplacer.</translation>
    </message>
</context>
<context>
    <name>PostEditor</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>Choisir une vidéo</translation>
    </message>
    <message>
        <source>Check each platform</source>
        <translation>Vérifier chaque plateforme</translation>
    </message>
</context>
<context>
    <name>PostList</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>En afficher %n de plus</numerusform>
            <numerusform>En afficher %n de plus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PostPanel</name>
    <message>
        <source>Move it there</source>
        <translation>La déplacer là</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>À quel rythme</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>PostRow</name>
    <message>
        <source>More about {0}</source>
        <translation>Plus sur {0}</translation>
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
    <name>PreviewPanel</name>
    <message>
        <source>Play the video</source>
        <translation>Lire la vidéo</translation>
    </message>
    <message>
        <source>Play a preview</source>
        <translation>Lire un aperçu</translation>
    </message>
    <message>
        <source>Shows what is there so far, in small. It takes a moment.</source>
        <translation>Montre en petit ce qui est déjà là. Cela prend un moment.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>The first picture and the first voice make a preview possible.</source>
        <translation>Un aperçu est possible dès la première image et la première voix.</translation>
    </message>
    <message>
        <source>Preparing the preview…</source>
        <translation>Préparation de l’aperçu…</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>The video could not be finished</source>
        <translation>La vidéo n’a pas pu être terminée</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>Échec&#xa0;: {0}</translation>
    </message>
    <message>
        <source>What was made before is kept.</source>
        <translation>Ce qui a été fait avant est gardé.</translation>
    </message>
</context>
<context>
    <name>ProjectHead</name>
    <message>
        <source>Studio / Projects</source>
        <translation>Studio / Projets</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publier</translation>
    </message>
    <message>
        <source>Make the changes</source>
        <translation>Appliquer les changements</translation>
    </message>
    <message>
        <source>Make the video</source>
        <translation>Faire la vidéo</translation>
    </message>
</context>
<context>
    <name>ProjectTile</name>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>More: {0}</source>
        <translation>Plus&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Take out again</source>
        <translation>Ressortir</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Ranger</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
</context>
<context>
    <name>ProjectsView</name>
    <message>
        <source>Put away</source>
        <translation>Ranger</translation>
    </message>
    <message>
        <source>Asset library</source>
        <translation>Médiathèque du studio</translation>
    </message>
    <message>
        <source>Nothing was put away</source>
        <translation>Rien n’a été rangé</translation>
    </message>
    <message>
        <source>Projects you put away are kept here with everything that was made.</source>
        <translation>Les projets que vous rangez sont gardés ici avec tout ce qui a été fait.</translation>
    </message>
    <message>
        <source>Show the projects</source>
        <translation>Afficher les projets</translation>
    </message>
    <message>
        <source>The projects cannot be shown now</source>
        <translation>Les projets ne peuvent pas être affichés pour l’instant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n projet</numerusform>
            <numerusform>%n projets</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of yours was lost.</source>
        <translation>Rien n’a été perdu.</translation>
    </message>
</context>
<context>
    <name>Publishing</name>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>Waits for your yes</source>
        <translation>Attend votre accord</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Prévue</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>En cours d’envoi</translation>
    </message>
    <message>
        <source>The platform works on it</source>
        <translation>La plateforme la traite</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Retenue</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>Non confirmée</translation>
    </message>
    <message>
        <source>It is out</source>
        <translation>Elle est sortie</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>En échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulée</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>Une fois</translation>
    </message>
    <message>
        <source>Again every week</source>
        <translation>De nouveau chaque semaine</translation>
    </message>
    <message>
        <source>Again every month</source>
        <translation>De nouveau chaque mois</translation>
    </message>
    <message>
        <source>Again every quarter</source>
        <translation>De nouveau chaque trimestre</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tout le monde</translation>
    </message>
    <message>
        <source>Who has the link</source>
        <translation>Qui a le lien</translation>
    </message>
    <message>
        <source>Only me</source>
        <translation>Moi seul</translation>
    </message>
    <message>
        <source>Folder and RSS</source>
        <translation>Dossier et RSS</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Subreddit</source>
        <translation>Subreddit</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>today</source>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>demain</translation>
    </message>
    <message>
        <source>{day} at {hour}</source>
        <translation>{day} à {hour}</translation>
    </message>
    <message>
        <source>as soon as it may</source>
        <translation>dès que possible</translation>
    </message>
    <message>
        <source>Shorten to {time}</source>
        <translation>Raccourcir à {time}</translation>
    </message>
    <message>
        <source>Shorten</source>
        <translation>Raccourcir</translation>
    </message>
    <message>
        <source>{name} gets the first {time} of the video. Your file stays as it is.</source>
        <translation>{name} reçoit le début de la vidéo ({time}). Votre fichier reste tel quel.</translation>
    </message>
    <message>
        <source>Cut between words, for {name} alone.</source>
        <translation>Coupé entre deux mots, pour {name} seulement.</translation>
    </message>
    <message>
        <source>What is usual: there are no figures of yours yet.</source>
        <translation>Ce qui est habituel : il n’y a pas encore de chiffres à vous.</translation>
    </message>
    <message>
        <source>From one post of yours</source>
        <translation>D’après une publication à vous</translation>
    </message>
    <message>
        <source>From {0} posts of yours</source>
        <translation>D’après {0} publications à vous</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Works without signing in</source>
        <translation>Fonctionne sans connexion</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Signed in, ends {day}</source>
        <translation>Connecté, fin {day}</translation>
    </message>
</context>
<context>
    <name>QrView</name>
    <message>
        <source>QR code of the link</source>
        <translation>Code QR du lien</translation>
    </message>
</context>
<context>
    <name>QualityRow</name>
    <message>
        <source>Quality of the picture</source>
        <translation>Qualité de l’image</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>La meilleure</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>La plus petite</translation>
    </message>
    <message>
        <source>{picture}, about {size}</source>
        <translation>{picture}, environ {size}</translation>
    </message>
</context>
<context>
    <name>QueryField</name>
    <message>
        <source>A film, a series, a talk, a station, or an address</source>
        <translation>Un film, une série, une conférence, une chaîne ou une adresse</translation>
    </message>
    <message>
        <source>Search everywhere</source>
        <translation>Chercher partout</translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>{service} does not say what this costs: {task}{what}</source>
        <translation>{service} ne dit pas ce que cela coûte : {task}{what}</translation>
    </message>
    <message>
        <source>After a yes, {0} is set aside until the real price is known.</source>
        <translation>Après un oui, {0} sont mis de côté jusqu’à ce que le vrai prix soit connu.</translation>
    </message>
    <message>
        <source>Allow once</source>
        <translation>Autoriser une fois</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>QuestionsCard</name>
    <message>
        <source>A price nobody knows</source>
        <translation>Un prix que personne ne connaît</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Nothing waits to go out</source>
        <translation>Rien n’attend de partir</translation>
    </message>
    <message>
        <source>Plan a post: it waits here until its time has come.</source>
        <translation>Planifiez une publication : elle attend ici que son heure vienne.</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>Everything is held. Nothing goes out until you let it go on.</source>
        <translation>Tout est retenu. Rien ne part tant que vous ne le laissez pas reprendre.</translation>
    </message>
    <message>
        <source>Each goes out at its time, exactly once.</source>
        <translation>Chacune part à son heure, exactement une fois.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Hold everything</source>
        <translation>Tout retenir</translation>
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
    <name>RemoteBar</name>
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
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Play here</source>
        <translation>Lire ici</translation>
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
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>RemoteCards</name>
    <message>
        <source>Telegram</source>
        <translation>Telegram</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>Téléphones</translation>
    </message>
</context>
<context>
    <name>RemoteLists</name>
    <message>
        <source>Subtitles</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Play in this form</source>
        <translation>Lire sous cette forme</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivés</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>Son coupé</translation>
    </message>
</context>
<context>
    <name>RemoteState</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Another form</source>
        <translation>Autre forme</translation>
    </message>
    <message>
        <source>Play here</source>
        <translation>Lire ici</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Getting it ready for the TV…</source>
        <translation>Préparation pour le téléviseur…</translation>
    </message>
    <message>
        <source>{0} is loading it…</source>
        <translation>{0} le charge…</translation>
    </message>
    <message>
        <source>{0} does not play it</source>
        <translation>{0} ne le lit pas</translation>
    </message>
    <message>
        <source>The place where you were is kept.</source>
        <translation>Votre position est gardée.</translation>
    </message>
    <message>
        <source>{0} does not answer</source>
        <translation>{0} ne répond pas</translation>
    </message>
    <message>
        <source>It goes on here by itself when the TV is back.</source>
        <translation>Tout reprend de soi-même au retour du téléviseur.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>RemoteView</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>TVs and other screens</source>
        <translation>Téléviseurs et autres écrans</translation>
    </message>
    <message>
        <source>Then: {0}</source>
        <translation>Ensuite : {0}</translation>
    </message>
</context>
<context>
    <name>ResultActions</name>
    <message>
        <source>Asking those who have it for the list of files…</source>
        <translation>Demande de la liste des fichiers à ceux qui l’ont…</translation>
    </message>
    <message>
        <source>Asking for its parts…</source>
        <translation>Demande de ses parties…</translation>
    </message>
    <message>
        <source>The link is copied.</source>
        <translation>Le lien est copié.</translation>
    </message>
    <message>
        <source>Play on another screen</source>
        <translation>Lire sur un autre écran</translation>
    </message>
    <message>
        <source>Everything about it</source>
        <translation>Tout savoir</translation>
    </message>
    <message>
        <source>What is inside</source>
        <translation>Voir le contenu</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>Toutes les parties</translation>
    </message>
    <message>
        <source>Forget what I said</source>
        <translation>Oublier mon avis</translation>
    </message>
    <message>
        <source>This is the one</source>
        <translation>C’est le bon</translation>
    </message>
    <message>
        <source>This is not it</source>
        <translation>Ce n’est pas le bon</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>Put it on the watchlist</source>
        <translation>Ajouter à la liste à voir</translation>
    </message>
    <message>
        <source>Take it off the watchlist</source>
        <translation>Retirer de la liste à voir</translation>
    </message>
    <message>
        <source>Follow it</source>
        <translation>Suivre</translation>
    </message>
    <message>
        <source>Follow it no longer</source>
        <translation>Ne plus suivre</translation>
    </message>
    <message>
        <source>{name} is the one for you.</source>
        <translation>{name} est le bon pour vous.</translation>
    </message>
    <message>
        <source>{name} is hidden from now on.</source>
        <translation>{name} est désormais masqué.</translation>
    </message>
    <message>
        <source>What you said of {name} is forgotten.</source>
        <translation>Votre avis sur {name} est oublié.</translation>
    </message>
</context>
<context>
    <name>ResultDetails</name>
    <message numerus="yes">
        <source>%n file(s) inside</source>
        <translation>
            <numerusform>%n fichier à l’intérieur</numerusform>
            <numerusform>%n fichiers à l’intérieur</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n partie</numerusform>
            <numerusform>%n parties</numerusform>
        </translation>
    </message>
    <message>
        <source>What is inside</source>
        <translation>Voir le contenu</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>Toutes les parties</translation>
    </message>
    <message>
        <source>This is the one</source>
        <translation>C’est le bon</translation>
    </message>
    <message>
        <source>This is not it</source>
        <translation>Ce n’est pas le bon</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>{score} of 100 points</source>
        <translation>{score} points sur 100</translation>
    </message>
    <message>
        <source>You decided this. Your word stands above every rule.</source>
        <translation>C’est votre décision. Votre avis l’emporte sur toute règle.</translation>
    </message>
    <message>
        <source>The rules could not decide; the language model on this device did.</source>
        <translation>Les règles n’ont pas pu trancher&#xa0;; le modèle de langage de cet appareil l’a fait.</translation>
    </message>
    <message>
        <source>Decided by rules, from its name and figures alone.</source>
        <translation>Décidé par des règles, d’après son nom et ses chiffres seulement.</translation>
    </message>
    <message numerus="yes">
        <source>In %n place(s). When one fails the next is tried</source>
        <translation>
            <numerusform>À %n endroit. En cas d’échec, le suivant est essayé</numerusform>
            <numerusform>À %n endroits. Si l’un échoue, le suivant est essayé</numerusform>
        </translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>D’où cela vient</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
</context>
<context>
    <name>ResultsArea</name>
    <message>
        <source>You will be told</source>
        <translation>Vous serez averti</translation>
    </message>
    <message>
        <source>Tell me when it is there</source>
        <translation>M’avertir quand ce sera là</translation>
    </message>
    <message>
        <source>Nobody has it</source>
        <translation>Personne ne l’a</translation>
    </message>
    <message>
        <source>Every source answered, and none has it. Try fewer words, or another of its titles; or be told when it appears.</source>
        <translation>Toutes les sources ont répondu, et aucune ne l’a. Essayez moins de mots, ou un autre de ses titres&#xa0;; ou soyez averti de son arrivée.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Redemander</translation>
    </message>
    <message>
        <source>Your sources</source>
        <translation>Vos sources</translation>
    </message>
    <message>
        <source>Nothing with these filters</source>
        <translation>Rien avec ces filtres</translation>
    </message>
    <message>
        <source>Something was found, but nothing of it fits what is chosen above.</source>
        <translation>Il y a des résultats, mais aucun ne correspond aux choix ci-dessus.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Only wrong matches</source>
        <translation>Uniquement de faux résultats</translation>
    </message>
    <message>
        <source>What was found is something else, or not what it claims to be.</source>
        <translation>Ce qui a été trouvé est autre chose, ou n’est pas ce qui est annoncé.</translation>
    </message>
    <message>
        <source>Show them anyway</source>
        <translation>Les afficher quand même</translation>
    </message>
    <message>
        <source>No source could answer</source>
        <translation>Aucune source n’a pu répondre</translation>
    </message>
    <message>
        <source>Beside stands what each of them says. Nothing of yours was changed.</source>
        <translation>Ce que dit chacune figure à côté. Rien de ce qui est à vous n’a été modifié.</translation>
    </message>
    <message>
        <source>This search could not begin</source>
        <translation>Cette recherche n’a pas pu commencer</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message>
        <source>7 days</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <source>4 weeks</source>
        <translation>4 semaines</translation>
    </message>
    <message>
        <source>3 months</source>
        <translation>3 mois</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>Exporter en CSV</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Relever maintenant</translation>
    </message>
    <message>
        <source>Views day by day</source>
        <translation>Vues jour par jour</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>Pas encore de chiffres</translation>
    </message>
    <message>
        <source>Once a post is out, its views are asked for four times a day. You see here how it does, beside your others of the same age.</source>
        <translation>Une fois une publication sortie, ses vues sont demandées quatre fois par jour. Vous voyez ici comment elle marche, à côté des autres du même âge.</translation>
    </message>
    <message>
        <source>New post</source>
        <translation>Nouvelle publication</translation>
    </message>
    <message>
        <source>The results cannot be shown now</source>
        <translation>Les résultats ne peuvent pas être affichés maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vidéos</translation>
    </message>
    <message>
        <source>{0} views</source>
        <translation>{0} vues</translation>
    </message>
    <message>
        <source>Looked at {0}</source>
        <translation>Relevés {0}</translation>
    </message>
    <message>
        <source>looking now</source>
        <translation>relevé en cours</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) nobody knows of</source>
        <translation>
            <numerusform>%n jour inconnu</numerusform>
            <numerusform>%n jours inconnus</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} views in all, at most {1} in a day</source>
        <translation>{0} vues en tout, {1} au plus en un jour</translation>
    </message>
    <message>
        <source>nobody looked</source>
        <translation>personne n’a regardé</translation>
    </message>
</context>
<context>
    <name>RoutesCard</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Who would answer is not known now</source>
        <translation>On ne sait pas qui répondrait en ce moment</translation>
    </message>
    <message>
        <source>As for all</source>
        <translation>Comme pour tout</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>{0} (not there)</source>
        <translation>{0} (absent)</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Rules only</source>
        <translation>Règles seules</translation>
    </message>
    <message>
        <source>This device first</source>
        <translation>Cet appareil d&apos;abord</translation>
    </message>
    <message>
        <source>The best</source>
        <translation>Le meilleur</translation>
    </message>
    <message>
        <source>The cheapest</source>
        <translation>Le moins cher</translation>
    </message>
    <message>
        <source>Only this device</source>
        <translation>Cet appareil seulement</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>règles</translation>
    </message>
    <message>
        <source>Now: rules alone</source>
        <translation>En ce moment : les règles seules</translation>
    </message>
    <message>
        <source>Now: nobody</source>
        <translation>En ce moment : personne</translation>
    </message>
    <message>
        <source>Now: {0}</source>
        <translation>En ce moment : {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>{now}. If that fails: {after}</source>
        <translation>{now}. En cas d&apos;échec : {after}</translation>
    </message>
    <message>
        <source>Failed, and asked again soon: {0}</source>
        <translation>En échec, bientôt réessayé : {0}</translation>
    </message>
    <message>
        <source>{0}, on this device</source>
        <translation>{0}, sur cet appareil</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Upright when it does well</source>
        <translation>Vertical quand elle marche bien</translation>
    </message>
    <message>
        <source>More than</source>
        <translation>Plus de</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>En</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Publish it without asking</source>
        <translation>La publier sans demander</translation>
    </message>
    <message>
        <source>Keep the rule</source>
        <translation>Garder la règle</translation>
    </message>
    <message>
        <source>whenever</source>
        <translation>n’importe quand</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n heure</numerusform>
            <numerusform>%n heures</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Change the rule</source>
        <translation>Modifier la règle</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>When a post has more</source>
        <translation>Quand une publication a plus de</translation>
    </message>
    <message>
        <source>Counted from when it went out</source>
        <translation>Compté à partir de sa sortie</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>En faire une version</translation>
    </message>
    <message>
        <source>Of one in another language</source>
        <translation>D’une version dans une autre langue</translation>
    </message>
    <message>
        <source>Else it is proposed, and waits for one press</source>
        <translation>Sinon elle est proposée, et attend une pression</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>Où elle part</translation>
    </message>
    <message>
        <source>Choose where it goes.</source>
        <translation>Choisissez où elle part.</translation>
    </message>
</context>
<context>
    <name>RulesCard</name>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>Make more of what does well</source>
        <translation>Tirer plus de ce qui marche</translation>
    </message>
    <message>
        <source>Such as: over 1,000 views in 48 hours, then make it upright and propose it.</source>
        <translation>Par exemple : plus de 1 000 vues en 48 heures, puis une version verticale proposée.</translation>
    </message>
    <message>
        <source>No rule yet</source>
        <translation>Aucune règle pour l’instant</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publier</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>{title} · {remake}</source>
        <translation>{title} · {remake}</translation>
    </message>
    <message>
        <source>Change {0}</source>
        <translation>Modifier {0}</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>Retirer {0}</translation>
    </message>
    <message>
        <source>views</source>
        <translation>vues</translation>
    </message>
    <message>
        <source>likes</source>
        <translation>j’aime</translation>
    </message>
    <message>
        <source>comments</source>
        <translation>commentaires</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>partages</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>verticale</translation>
    </message>
    <message>
        <source>short</source>
        <translation>courte</translation>
    </message>
    <message>
        <source>with subtitles</source>
        <translation>avec sous-titres</translation>
    </message>
    <message>
        <source>in another language</source>
        <translation>dans une autre langue</translation>
    </message>
    <message>
        <source>over {many} {metric}</source>
        <translation>plus de {many} {metric}</translation>
    </message>
    <message>
        <source>over {many} {metric} in {hours} hours</source>
        <translation>plus de {many} {metric} en {hours} heures</translation>
    </message>
    <message>
        <source>and publish it</source>
        <translation>et la publier</translation>
    </message>
    <message>
        <source>and propose it</source>
        <translation>et la proposer</translation>
    </message>
    <message>
        <source>{when}: make it {what}, {end}.</source>
        <translation>{when} : en faire une version {what}, {end}.</translation>
    </message>
    <message>
        <source>It is being made.</source>
        <translation>Elle est en cours de fabrication.</translation>
    </message>
    <message>
        <source>It could not be made.</source>
        <translation>Elle n’a pas pu être faite.</translation>
    </message>
    <message>
        <source>Made, because it had {many}. Found by the rule “{rule}”.</source>
        <translation>Faite, parce qu’elle en avait {many}. Trouvée par la règle « {rule} ».</translation>
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
    <name>SceneEditor</name>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Say it anew</source>
        <translation>Redire le texte</translation>
    </message>
    <message>
        <source>Picture anew</source>
        <translation>Refaire l’image</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>D’autres</translation>
    </message>
    <message>
        <source>Own file</source>
        <translation>Mon fichier</translation>
    </message>
    <message>
        <source>There is no picture yet.</source>
        <translation>Il n’y a pas encore d’image.</translation>
    </message>
    <message>
        <source>From the asset library</source>
        <translation>De la médiathèque du studio</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>Une image</translation>
    </message>
    <message>
        <source>A clip</source>
        <translation>Une séquence</translation>
    </message>
    <message>
        <source>A recording of the words</source>
        <translation>Un enregistrement du texte</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>What is said</source>
        <translation>Ce qui est dit</translation>
    </message>
    <message>
        <source>Text in the picture</source>
        <translation>Texte dans l’image</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>Ce que montre l’image</translation>
    </message>
    <message>
        <source>What it shows</source>
        <translation>Ce qu’elle montre</translation>
    </message>
    <message>
        <source>Scene {0}</source>
        <translation>Scène {0}</translation>
    </message>
</context>
<context>
    <name>SceneRow</name>
    <message>
        <source>Scene {0}</source>
        <translation>Scène {0}</translation>
    </message>
    <message>
        <source>Being made…</source>
        <translation>En préparation…</translation>
    </message>
</context>
<context>
    <name>ScreensCard</name>
    <message>
        <source>Looking for TVs…</source>
        <translation>Recherche de téléviseurs…</translation>
    </message>
    <message>
        <source>Switch your TV on and join it to the same network. It appears here.</source>
        <translation>Allumez votre téléviseur et reliez-le au même réseau. Il apparaît ici.</translation>
    </message>
    <message>
        <source>No TV was found yet</source>
        <translation>Aucun téléviseur trouvé</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Chercher à nouveau</translation>
    </message>
    <message>
        <source>Form of films for {name}</source>
        <translation>Forme des films pour {name}</translation>
    </message>
    <message>
        <source>Forget {name}</source>
        <translation>Oublier {name}</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Présent</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>The address you typed</source>
        <translation>L’adresse que vous avez saisie</translation>
    </message>
    <message>
        <source>Also known as {title}</source>
        <translation>Aussi connu comme {title}</translation>
    </message>
    <message>
        <source>Also known as {title}, exact year</source>
        <translation>Aussi connu comme {title}, année exacte</translation>
    </message>
    <message>
        <source>Its description may fit</source>
        <translation>Sa description peut convenir</translation>
    </message>
    <message>
        <source>You said this is the one</source>
        <translation>Vous avez dit que c’est le bon</translation>
    </message>
    <message>
        <source>Colourised version</source>
        <translation>Version colorisée</translation>
    </message>
    <message>
        <source>Counted without seasons</source>
        <translation>Numéroté sans saisons</translation>
    </message>
    <message>
        <source>Exact title, version {country}</source>
        <translation>Titre exact, version {country}</translation>
    </message>
    <message>
        <source>Exact title and date</source>
        <translation>Titre et date exacts</translation>
    </message>
    <message>
        <source>Exact title and episode</source>
        <translation>Titre et épisode exacts</translation>
    </message>
    <message>
        <source>Too short to be all of it</source>
        <translation>Trop court pour être complet</translation>
    </message>
    <message>
        <source>Only {what}</source>
        <translation>Seulement {what}</translation>
    </message>
    <message>
        <source>The whole season, this one too</source>
        <translation>Toute la saison, celui-ci compris</translation>
    </message>
    <message>
        <source>The model says: {reason}</source>
        <translation>Le modèle dit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>Exact title, a later season</source>
        <translation>Titre exact, une saison ultérieure</translation>
    </message>
    <message>
        <source>Perhaps {title}</source>
        <translation>Peut-être {title}</translation>
    </message>
    <message>
        <source>Longer title, exact year</source>
        <translation>Titre plus long, année exacte</translation>
    </message>
    <message>
        <source>Nearly the same title</source>
        <translation>Presque le même titre</translation>
    </message>
    <message>
        <source>Exact title, no date</source>
        <translation>Titre exact, sans date</translation>
    </message>
    <message>
        <source>Names no episode</source>
        <translation>N’indique aucun épisode</translation>
    </message>
    <message>
        <source>No title was asked for</source>
        <translation>Aucun titre demandé</translation>
    </message>
    <message>
        <source>Exact title, no year</source>
        <translation>Titre exact, sans année</translation>
    </message>
    <message>
        <source>Episode {episode} of this season</source>
        <translation>Épisode {episode} de cette saison</translation>
    </message>
    <message>
        <source>Another episode: {episode}</source>
        <translation>Un autre épisode&#xa0;: {episode}</translation>
    </message>
    <message>
        <source>Another part: {part}</source>
        <translation>Un autre volet&#xa0;: {part}</translation>
    </message>
    <message>
        <source>Another title: {title}</source>
        <translation>Un autre titre&#xa0;: {title}</translation>
    </message>
    <message>
        <source>The one of {year}</source>
        <translation>La version de {year}</translation>
    </message>
    <message>
        <source>Perhaps another part: {part}</source>
        <translation>Peut-être un autre volet&#xa0;: {part}</translation>
    </message>
    <message>
        <source>Part {part}, exact year</source>
        <translation>Volet {part}, année exacte</translation>
    </message>
    <message>
        <source>You said this is not it</source>
        <translation>Vous avez dit que ce n’est pas le bon</translation>
    </message>
    <message>
        <source>Exact title and season</source>
        <translation>Titre et saison exacts</translation>
    </message>
    <message>
        <source>The same title in short</source>
        <translation>Le même titre en abrégé</translation>
    </message>
    <message>
        <source>A series of that name</source>
        <translation>Une série de ce nom</translation>
    </message>
    <message>
        <source>Exact title</source>
        <translation>Titre exact</translation>
    </message>
    <message>
        <source>Exact title and year</source>
        <translation>Titre et année exacts</translation>
    </message>
    <message>
        <source>The whole series, it says</source>
        <translation>Toute la série, d’après son nom</translation>
    </message>
    <message>
        <source>Exact title, {year}</source>
        <translation>Titre exact, {year}</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Tiré de</translation>
    </message>
    <message>
        <source>Coding</source>
        <translation>Codage</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Within reach</source>
        <translation>À portée</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Fait par</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>{codec}</source>
        <translation>{codec}</translation>
    </message>
    <message>
        <source>Its sound is not told</source>
        <translation>Son non indiqué</translation>
    </message>
    <message>
        <source>Filmed off a screen</source>
        <translation>Filmé sur un écran</translation>
    </message>
    <message>
        <source>{codec}, plays here</source>
        <translation>{codec}, se lit ici</translation>
    </message>
    <message>
        <source>{codec} of this size is heavy here</source>
        <translation>{codec} de cette taille, lourd ici</translation>
    </message>
    <message>
        <source>Its coding is not told</source>
        <translation>Codage non indiqué</translation>
    </message>
    <message>
        <source>{codec}, as you prefer</source>
        <translation>{codec}, comme vous préférez</translation>
    </message>
    <message>
        <source>As {source} has it</source>
        <translation>Tel que chez {source}</translation>
    </message>
    <message>
        <source>{group} has let you down before</source>
        <translation>{group} vous a déjà déçu</translation>
    </message>
    <message>
        <source>{group} was good before</source>
        <translation>{group} a déjà été bon</translation>
    </message>
    <message>
        <source>{group}, new to you</source>
        <translation>{group}, nouveau pour vous</translation>
    </message>
    <message>
        <source>Nobody is named</source>
        <translation>Personne n’est nommé</translation>
    </message>
    <message>
        <source>{height}</source>
        <translation>{height}</translation>
    </message>
    <message>
        <source>{height}, more than you want</source>
        <translation>{height}, plus que vous ne voulez</translation>
    </message>
    <message>
        <source>The size of its picture is not told</source>
        <translation>Taille de l’image non indiquée</translation>
    </message>
    <message>
        <source>It is here already</source>
        <translation>Déjà ici</translation>
    </message>
    <message>
        <source>{language}, as you want</source>
        <translation>{language}, comme vous voulez</translation>
    </message>
    <message>
        <source>You take any language</source>
        <translation>Toutes les langues vous vont</translation>
    </message>
    <message>
        <source>{language}, which you did not name</source>
        <translation>{language}, que vous n’avez pas choisi</translation>
    </message>
    <message>
        <source>Its language is not told</source>
        <translation>Langue non indiquée</translation>
    </message>
    <message>
        <source>Comes straight from its server</source>
        <translation>Vient tout droit de son serveur</translation>
    </message>
    <message>
        <source>The disc itself, not coded anew</source>
        <translation>Le disque lui-même, sans réencodage</translation>
    </message>
    <message>
        <source>Complete at {count} others</source>
        <translation>Complet chez {count} autres</translation>
    </message>
    <message>
        <source>How many have it is not told</source>
        <translation>Nombre de détenteurs non indiqué</translation>
    </message>
    <message>
        <source>{size}, right for its length</source>
        <translation>{size}, juste pour sa durée</translation>
    </message>
    <message>
        <source>{size}, much for its length</source>
        <translation>{size}, beaucoup pour sa durée</translation>
    </message>
    <message>
        <source>{size}, little for its length</source>
        <translation>{size}, peu pour sa durée</translation>
    </message>
    <message>
        <source>Its size is not told</source>
        <translation>Taille non indiquée</translation>
    </message>
    <message>
        <source>{source}</source>
        <translation>{source}</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>Non indiqué</translation>
    </message>
    <message>
        <source>It cannot start here</source>
        <translation>Ne peut pas démarrer ici</translation>
    </message>
    <message>
        <source>From Usenet</source>
        <translation>D’Usenet</translation>
    </message>
    <message>
        <source>It is yours, and plays</source>
        <translation>C’est à vous, et se lit</translation>
    </message>
    <message>
        <source>a trailer</source>
        <translation>une bande-annonce</translation>
    </message>
    <message>
        <source>a sample</source>
        <translation>un échantillon</translation>
    </message>
    <message>
        <source>a teaser</source>
        <translation>un teaser</translation>
    </message>
    <message>
        <source>a featurette</source>
        <translation>un court bonus</translation>
    </message>
    <message>
        <source>behind the scenes</source>
        <translation>les coulisses</translation>
    </message>
    <message>
        <source>deleted scenes</source>
        <translation>des scènes coupées</translation>
    </message>
    <message>
        <source>an interview</source>
        <translation>un entretien</translation>
    </message>
    <message>
        <source>a making-of</source>
        <translation>un making-of</translation>
    </message>
    <message>
        <source>A smaller picture than you want</source>
        <translation>Image plus petite que souhaité</translation>
    </message>
    <message>
        <source>Not in a language you want</source>
        <translation>Pas dans une langue souhaitée</translation>
    </message>
    <message>
        <source>Larger than you want</source>
        <translation>Plus grand que souhaité</translation>
    </message>
    <message>
        <source>Torrents do not play here yet</source>
        <translation>Les torrents ne se lisent pas encore ici</translation>
    </message>
    <message>
        <source>From Usenet, does not play here</source>
        <translation>D’Usenet, ne se lit pas ici</translation>
    </message>
    <message>
        <source>Another title</source>
        <translation>Un autre titre</translation>
    </message>
    <message>
        <source>Another part</source>
        <translation>Un autre volet</translation>
    </message>
    <message>
        <source>Another episode</source>
        <translation>Un autre épisode</translation>
    </message>
    <message>
        <source>Not the whole of it</source>
        <translation>Incomplet</translation>
    </message>
    <message>
        <source>Looks like a camera recording</source>
        <translation>Semble filmé en salle</translation>
    </message>
    <message>
        <source>{size} does not fit what it claims</source>
        <translation>{size} ne correspond pas à ce qui est annoncé</translation>
    </message>
    <message>
        <source>There is a program inside</source>
        <translation>Contient un programme</translation>
    </message>
    <message>
        <source>There is no film inside</source>
        <translation>Ne contient aucun film</translation>
    </message>
    <message>
        <source>Locked or packed</source>
        <translation>Verrouillé ou compressé</translation>
    </message>
    <message>
        <source>Not out before {date}</source>
        <translation>Pas sorti avant le {date}</translation>
    </message>
    <message>
        <source>Against your rules</source>
        <translation>Contraire à vos règles</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Série</translation>
    </message>
    <message>
        <source>Episode</source>
        <translation>Épisode</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Audiobook</source>
        <translation>Livre audio</translation>
    </message>
    <message>
        <source>Podcast</source>
        <translation>Podcast</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>Obtenir</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Voir</translation>
    </message>
    <message>
        <source>Plays at once</source>
        <translation>Se lit tout de suite</translation>
    </message>
    <message>
        <source>Starts soon</source>
        <translation>Démarre bientôt</translation>
    </message>
    <message>
        <source>Starts in about {0} s</source>
        <translation>Démarre dans {0} s environ</translation>
    </message>
    <message>
        <source>Plays once it is here</source>
        <translation>Se lit une fois ici</translation>
    </message>
    <message>
        <source>When it starts is not known</source>
        <translation>Démarrage inconnu</translation>
    </message>
    <message>
        <source>{0} of 100</source>
        <translation>{0} sur 100</translation>
    </message>
    <message>
        <source>My library</source>
        <translation>Ma bibliothèque</translation>
    </message>
    <message>
        <source>{name} +{count}</source>
        <translation>{name} +{count}</translation>
    </message>
    <message>
        <source>takes a while…</source>
        <translation>prend du temps…</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>recherche…</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>rests</source>
        <translation>au repos</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>non interrogée</translation>
    </message>
    <message>
        <source>It rests until {time}.</source>
        <translation>Au repos jusqu’à {time}.</translation>
    </message>
    <message>
        <source>{done} of {all} sources</source>
        <translation>{done} sources sur {all}</translation>
    </message>
    <message>
        <source>1 source</source>
        <translation>1 source</translation>
    </message>
    <message>
        <source>{0} sources</source>
        <translation>{0} sources</translation>
    </message>
    <message>
        <source>1 result</source>
        <translation>1 résultat</translation>
    </message>
    <message>
        <source>{0} results</source>
        <translation>{0} résultats</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direct</translation>
    </message>
</context>
<context>
    <name>SearchChips</name>
    <message>
        <source>Search again</source>
        <translation>Relancer la recherche</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
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
    <name>SearchPage</name>
    <message>
        <source>What would you like to watch?</source>
        <translation>Que voulez-vous regarder&#xa0;?</translation>
    </message>
    <message>
        <source>Type a title, perhaps with its year. Every source is asked at once, and the right film comes first.</source>
        <translation>Saisissez un titre, éventuellement avec son année. Toutes les sources sont interrogées à la fois, et le bon film vient en premier.</translation>
    </message>
    <message>
        <source>Enter searches. Enter once more plays the best.</source>
        <translation>Entrée lance la recherche. Entrée encore une fois lit le meilleur.</translation>
    </message>
    <message>
        <source>Your sources</source>
        <translation>Vos sources</translation>
    </message>
    <message>
        <source>kept since {time}</source>
        <translation>conservés depuis {time}</translation>
    </message>
    <message>
        <source>{title} was taken off your watchlist.</source>
        <translation>{title} a été retiré de votre liste à voir.</translation>
    </message>
    <message>
        <source>{title} is not followed any more.</source>
        <translation>{title} n’est plus suivi.</translation>
    </message>
    <message numerus="yes">
        <source>%n search(es) forgotten.</source>
        <translation>
            <numerusform>%n recherche oubliée.</numerusform>
            <numerusform>%n recherches oubliées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>TVs and casting</source>
        <translation>Téléviseurs et diffusion</translation>
    </message>
    <message>
        <source>Media server</source>
        <translation>Serveur multimédia</translation>
    </message>
    <message>
        <source>Intelligence</source>
        <translation>Intelligence</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Liens</translation>
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
        <source>Watching and alerts</source>
        <translation>Surveillance et alertes</translation>
    </message>
    <message>
        <source>Remote on a phone</source>
        <translation>Télécommande mobile</translation>
    </message>
    <message>
        <source>Nights and backups</source>
        <translation>Nuits et sauvegardes</translation>
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
        <source>Smallest picture</source>
        <translation>Plus petite image</translation>
    </message>
    <message>
        <source>What is smaller is hidden</source>
        <translation>Ce qui est plus petit est masqué</translation>
    </message>
    <message>
        <source>Largest picture worth having</source>
        <translation>Plus grande image utile</translation>
    </message>
    <message>
        <source>More than your screens show brings nothing</source>
        <translation>Dépasser ce que montrent vos écrans n’apporte rien</translation>
    </message>
    <message>
        <source>Preferred coding</source>
        <translation>Codage préféré</translation>
    </message>
    <message>
        <source>HEVC and AV1 are smaller, H.264 plays everywhere</source>
        <translation>HEVC et AV1 sont plus petits, H.264 se lit partout</translation>
    </message>
    <message>
        <source>First language</source>
        <translation>Première langue</translation>
    </message>
    <message>
        <source>What is spoken in it comes first</source>
        <translation>Ce qui est parlé dans cette langue vient en premier</translation>
    </message>
    <message>
        <source>Second language</source>
        <translation>Deuxième langue</translation>
    </message>
    <message>
        <source>Comes after the first</source>
        <translation>Vient après la première</translation>
    </message>
    <message>
        <source>Only these languages</source>
        <translation>Uniquement ces langues</translation>
    </message>
    <message>
        <source>What tells another one is hidden</source>
        <translation>Ce qui en indique une autre est masqué</translation>
    </message>
    <message>
        <source>No camera recordings</source>
        <translation>Pas de films captés en salle</translation>
    </message>
    <message>
        <source>Films filmed off a screen are hidden</source>
        <translation>Les films filmés sur un écran sont masqués</translation>
    </message>
    <message>
        <source>Largest film</source>
        <translation>Taille maximale d’un film</translation>
    </message>
    <message>
        <source>What is larger is hidden</source>
        <translation>Ce qui est plus grand est masqué</translation>
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
        <source>None</source>
        <translation>Aucune</translation>
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
        <source>{0} days</source>
        <translation>{0} jours</translation>
    </message>
    <message>
        <source>{0} °C</source>
        <translation>{0} °C</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>{0} MB/s</source>
        <translation>{0}&#xa0;Mo/s</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0}&#xa0;h</translation>
    </message>
    <message>
        <source>{0} GB</source>
        <translation>{0} Go</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>Folder for downloads</source>
        <translation>Dossier des téléchargements</translation>
    </message>
    <message>
        <source>On the disk for films; empty: Downloads/Sokoul</source>
        <translation>Sur le disque des films&#xa0;; vide&#xa0;: Téléchargements/Sokoul</translation>
    </message>
    <message>
        <source>Put films into the library</source>
        <translation>Ranger les films dans la bibliothèque</translation>
    </message>
    <message>
        <source>When they are here, each with a folder and a plain name</source>
        <translation>À leur arrivée, chacun avec un dossier et un nom clair</translation>
    </message>
    <message>
        <source>Folder for films</source>
        <translation>Dossier des films</translation>
    </message>
    <message>
        <source>Empty: Films, in the first folder of the library</source>
        <translation>Vide&#xa0;: Films, dans le premier dossier de la bibliothèque</translation>
    </message>
    <message>
        <source>Folder for series</source>
        <translation>Dossier des séries</translation>
    </message>
    <message>
        <source>Empty: Series, in the first folder of the library</source>
        <translation>Vide&#xa0;: Series, dans le premier dossier de la bibliothèque</translation>
    </message>
    <message>
        <source>Always leave free</source>
        <translation>Toujours laisser libre</translation>
    </message>
    <message>
        <source>Downloads wait while the disk has less, then go on</source>
        <translation>Les téléchargements attendent tant que le disque a moins, puis continuent</translation>
    </message>
    <message>
        <source>At the same time</source>
        <translation>En même temps</translation>
    </message>
    <message>
        <source>Others wait for their turn; what you watch never does</source>
        <translation>Les autres attendent leur tour&#xa0;; ce que vous regardez, jamais</translation>
    </message>
    <message>
        <source>Connections for one file</source>
        <translation>Connexions par fichier</translation>
    </message>
    <message>
        <source>Where the server allows several</source>
        <translation>Là où le serveur en permet plusieurs</translation>
    </message>
    <message>
        <source>Fastest down</source>
        <translation>Réception maximale</translation>
    </message>
    <message>
        <source>All downloads together</source>
        <translation>Tous les téléchargements ensemble</translation>
    </message>
    <message>
        <source>Fastest up</source>
        <translation>Envoi maximal</translation>
    </message>
    <message>
        <source>What others get from you</source>
        <translation>Ce que les autres reçoivent de vous</translation>
    </message>
    <message>
        <source>Timetable</source>
        <translation>Horaire</translation>
    </message>
    <message>
        <source>Press an hour: full speed, slow, rest</source>
        <translation>Appuyez sur une heure&#xa0;: pleine vitesse, lent, repos</translation>
    </message>
    <message>
        <source>Down in slow hours</source>
        <translation>Réception aux heures lentes</translation>
    </message>
    <message>
        <source>Of the timetable below</source>
        <translation>De l’horaire ci-dessous</translation>
    </message>
    <message>
        <source>Up in slow hours</source>
        <translation>Envoi aux heures lentes</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Rendre</translation>
    </message>
    <message>
        <source>As much as was fetched is 100 %; then it ends</source>
        <translation>Autant que reçu, c’est 100&#xa0;%&#xa0;; puis cela s’arrête</translation>
    </message>
    <message>
        <source>Give at most for</source>
        <translation>Donner au plus pendant</translation>
    </message>
    <message>
        <source>Ends it also when nobody wants it</source>
        <translation>S’arrête aussi quand personne n’en veut</translation>
    </message>
    <message>
        <source>Only through this network</source>
        <translation>Seulement par ce réseau</translation>
    </message>
    <message>
        <source>The name of your VPN, such as wg0: without it torrents stand still. Names of trackers are still looked up by the system</source>
        <translation>Le nom de votre VPN, comme wg0&#xa0;: sans lui les torrents s’arrêtent. Les noms des trackers sont toujours résolus par le système</translation>
    </message>
    <message>
        <source>Encryption between peers</source>
        <translation>Chiffrement entre pairs</translation>
    </message>
    <message>
        <source>Required: fewer peers, nothing in the clear</source>
        <translation>Exigé&#xa0;: moins de pairs, rien en clair</translation>
    </message>
    <message>
        <source>Find peers without a tracker (DHT)</source>
        <translation>Trouver des pairs sans tracker (DHT)</translation>
    </message>
    <message>
        <source>Magnet links hardly work without it</source>
        <translation>Les liens magnet ne marchent guère sans</translation>
    </message>
    <message>
        <source>Let peers name others (PEX)</source>
        <translation>Laisser les pairs en nommer d’autres (PEX)</translation>
    </message>
    <message>
        <source>Finds more of them, sooner</source>
        <translation>En trouve plus, et plus tôt</translation>
    </message>
    <message>
        <source>Find peers at home (LSD)</source>
        <translation>Trouver des pairs à la maison (LSD)</translation>
    </message>
    <message>
        <source>Off by itself while a VPN is named</source>
        <translation>Coupé de lui-même tant qu’un VPN est nommé</translation>
    </message>
    <message>
        <source>Open a port in the router</source>
        <translation>Ouvrir un port dans la box</translation>
    </message>
    <message>
        <source>More peers reach you. Off by itself while a VPN is named</source>
        <translation>Plus de pairs vous joignent. Coupé de lui-même tant qu’un VPN est nommé</translation>
    </message>
    <message>
        <source>When the other can</source>
        <translation>Quand l’autre le peut</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Exigé</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>No end</source>
        <translation>Sans fin</translation>
    </message>
    <message>
        <source>Networks to look in</source>
        <translation>Réseaux où chercher</translation>
    </message>
    <message>
        <source>By their names; none stands for all networks of your home</source>
        <translation>Par leurs noms ; aucun veut dire tous les réseaux de votre foyer</translation>
    </message>
    <message>
        <source>Port of this station</source>
        <translation>Port de cette station</translation>
    </message>
    <message>
        <source>Where TVs fetch films. When it is taken, the next free one is used</source>
        <translation>Où les téléviseurs chargent les films. S&apos;il est pris, le suivant sert</translation>
    </message>
    <message>
        <source>Let TVs find the library</source>
        <translation>Laisser les téléviseurs trouver la bibliothèque</translation>
    </message>
    <message>
        <source>It appears in the list of sources of TVs, consoles and phones</source>
        <translation>Elle apparaît dans la liste des sources des téléviseurs, consoles et téléphones</translation>
    </message>
    <message>
        <source>Name shown there</source>
        <translation>Nom affiché là-bas</translation>
    </message>
    <message>
        <source>Empty: Sokoul</source>
        <translation>Vide : Sokoul</translation>
    </message>
    <message>
        <source>Ask before a new device may look</source>
        <translation>Demander avant qu&apos;un nouvel appareil ne regarde</translation>
    </message>
    <message>
        <source>Off: every device of your home may</source>
        <translation>Désactivé : tout appareil de la maison le peut</translation>
    </message>
    <message>
        <source>Folders that are shared</source>
        <translation>Dossiers partagés</translation>
    </message>
    <message>
        <source>With devices that may look</source>
        <translation>Avec les appareils autorisés</translation>
    </message>
    <message>
        <source>Who answers first</source>
        <translation>Qui répond d&apos;abord</translation>
    </message>
    <message>
        <source>When nobody does, the station&apos;s own rules answer</source>
        <translation>Quand personne ne répond, les règles de la station le font</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>Dossier des modèles</translation>
    </message>
    <message>
        <source>Files that end in .gguf or .bin are found in it</source>
        <translation>Les fichiers en .gguf ou .bin y sont trouvés</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Chosen in the list above</source>
        <translation>Choisi dans la liste ci-dessus</translation>
    </message>
    <message>
        <source>Model that hears</source>
        <translation>Modèle qui écoute</translation>
    </message>
    <message>
        <source>Give its memory back after</source>
        <translation>Rendre sa mémoire après</translation>
    </message>
    <message>
        <source>The model is loaded again when it is asked</source>
        <translation>Le modèle est rechargé quand on lui demande</translation>
    </message>
    <message>
        <source>Understand the library</source>
        <translation>Comprendre la médiathèque</translation>
    </message>
    <message>
        <source>Finds films by what they are about. Learnt here, in the background</source>
        <translation>Trouve les films par leur sujet. Appris ici, en arrière-plan</translation>
    </message>
    <message>
        <source>Rest while a film plays</source>
        <translation>Se reposer pendant un film</translation>
    </message>
    <message>
        <source>Learning goes on when it has ended</source>
        <translation>L&apos;apprentissage reprend à la fin</translation>
    </message>
    <message>
        <source>Who answers single questions</source>
        <translation>Qui répond à certaines questions</translation>
    </message>
    <message>
        <source>Otherwise as above</source>
        <translation>Sinon comme ci-dessus</translation>
    </message>
    <message>
        <source>This device, then services</source>
        <translation>Cet appareil, puis les services</translation>
    </message>
    <message>
        <source>The best answer</source>
        <translation>La meilleure réponse</translation>
    </message>
    <message>
        <source>The cheapest answer</source>
        <translation>La réponse la moins chère</translation>
    </message>
    <message>
        <source>Only this device</source>
        <translation>Cet appareil seulement</translation>
    </message>
    <message>
        <source>Rules alone, no model</source>
        <translation>Les règles seules, sans modèle</translation>
    </message>
    <message>
        <source>Your currency</source>
        <translation>Votre monnaie</translation>
    </message>
    <message>
        <source>Limits and what was spent are told in it</source>
        <translation>Les limites et les dépenses sont indiquées dans cette monnaie</translation>
    </message>
    <message>
        <source>What one US dollar is in it</source>
        <translation>Ce que vaut un dollar américain</translation>
    </message>
    <message>
        <source>Services count in dollars. Write it like 0.92; the past keeps the rate of its day</source>
        <translation>Les services comptent en dollars. Écrivez-le comme 0,92 ; le passé garde le cours de son jour</translation>
    </message>
    <message>
        <source>The most for a month</source>
        <translation>Le plus pour un mois</translation>
    </message>
    <message>
        <source>Calls that could cost more are not made. Empty: no limit. The Budget page has limits for single services and tasks</source>
        <translation>Les appels qui pourraient coûter plus ne sont pas faits. Vide : aucune limite. La page Budget a des limites pour chaque service et chaque tâche</translation>
    </message>
    <message>
        <source>The most for a day</source>
        <translation>Le plus pour un jour</translation>
    </message>
    <message>
        <source>Empty: no limit</source>
        <translation>Vide : aucune limite</translation>
    </message>
    <message>
        <source>Limits of services and tasks</source>
        <translation>Limites des services et des tâches</translation>
    </message>
    <message>
        <source>They are set on the Budget page</source>
        <translation>Elles se fixent sur la page Budget</translation>
    </message>
    <message>
        <source>When nobody knows what a call costs</source>
        <translation>Quand personne ne sait ce que coûte un appel</translation>
    </message>
    <message>
        <source>A question waits on the Budget page</source>
        <translation>Une question attend sur la page Budget</translation>
    </message>
    <message>
        <source>What such a call may cost</source>
        <translation>Ce qu’un tel appel peut coûter</translation>
    </message>
    <message>
        <source>This much is set aside until its real price is known</source>
        <translation>Ce montant est mis de côté jusqu’à ce que le vrai prix soit connu</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Me demander</translation>
    </message>
    <message>
        <source>Allow it up to the amount below</source>
        <translation>L’autoriser jusqu’au montant ci-dessous</translation>
    </message>
    <message>
        <source>Never make the call</source>
        <translation>Ne jamais faire l’appel</translation>
    </message>
    <message>
        <source>Folder of voices</source>
        <translation>Dossier des voix</translation>
    </message>
    <message>
        <source>Voices of Piper: .onnx files with their .json</source>
        <translation>Voix de Piper : fichiers .onnx avec leur .json</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>Dossier des images</translation>
    </message>
    <message>
        <source>Your own, found by the words in their names</source>
        <translation>Les vôtres, trouvées par les mots de leurs noms</translation>
    </message>
    <message>
        <source>Folder of music</source>
        <translation>Dossier de musique</translation>
    </message>
    <message>
        <source>Music you may publish; else a quiet bed is made here</source>
        <translation>De la musique que vous pouvez publier ; sinon un fond calme est fait ici</translation>
    </message>
    <message>
        <source>Tries for each step</source>
        <translation>Essais par étape</translation>
    </message>
    <message>
        <source>With a longer pause before each</source>
        <translation>Avec une pause plus longue avant chacun</translation>
    </message>
    <message>
        <source>Longest time for a step</source>
        <translation>Durée maximale d&apos;une étape</translation>
    </message>
    <message>
        <source>Services that make clips, and the montage, get more</source>
        <translation>Les services de séquences et le montage ont plus de temps</translation>
    </message>
    <message>
        <source>Limits of single steps</source>
        <translation>Limites d&apos;étapes particulières</translation>
    </message>
    <message>
        <source>Posts an hour, in all</source>
        <translation>Publications par heure, en tout</translation>
    </message>
    <message>
        <source>What is beyond goes out a little later</source>
        <translation>Le surplus paraît un peu plus tard</translation>
    </message>
    <message>
        <source>Ask before every post</source>
        <translation>Demander avant chaque publication</translation>
    </message>
    <message>
        <source>Nothing goes out before you said yes</source>
        <translation>Rien ne part avant votre accord</translation>
    </message>
    <message>
        <source>Watch folder</source>
        <translation>Dossier surveillé</translation>
    </message>
    <message>
        <source>New videos in it are described and published</source>
        <translation>Les nouvelles vidéos y sont décrites et publiées</translation>
    </message>
    <message>
        <source>More watch folders</source>
        <translation>Autres dossiers surveillés</translation>
    </message>
    <message>
        <source>A list in JSON</source>
        <translation>Une liste en JSON</translation>
    </message>
    <message>
        <source>Accounts for the watch folder</source>
        <translation>Comptes pour le dossier surveillé</translation>
    </message>
    <message>
        <source>Where new videos of it go</source>
        <translation>Où vont ses nouvelles vidéos</translation>
    </message>
    <message>
        <source>New videos in the watch folder</source>
        <translation>Nouvelles vidéos du dossier surveillé</translation>
    </message>
    <message>
        <source>Whether they wait for one press of yours</source>
        <translation>Attendent-elles un clic de votre part ?</translation>
    </message>
    <message>
        <source>Days the audit log tells what went out</source>
        <translation>Jours pendant lesquels le journal dit ce qui est sorti</translation>
    </message>
    <message>
        <source>0: for ever. Then only that something did, and when</source>
        <translation>0 : toujours. Ensuite, seulement qu’il y a eu une sortie, et quand</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Adresse publique</translation>
    </message>
    <message>
        <source>Of your reverse proxy: https://films.example.org. Empty: the home only</source>
        <translation>De votre proxy inverse : https://films.example.org. Vide : à la maison seulement</translation>
    </message>
    <message>
        <source>Reverse proxy</source>
        <translation>Proxy inverse</translation>
    </message>
    <message>
        <source>Its address here, such as 192.168.1.2: it is believed who visits</source>
        <translation>Son adresse ici, comme 192.168.1.2 : il est cru sur qui visite</translation>
    </message>
    <message>
        <source>How people reach you</source>
        <translation>Comment vous joindre</translation>
    </message>
    <message>
        <source>An e-mail address or a page, shown when a link ended</source>
        <translation>Une adresse e-mail ou une page, montrée quand un lien est terminé</translation>
    </message>
    <message>
        <source>Keep links that are over</source>
        <translation>Garder les liens terminés</translation>
    </message>
    <message>
        <source>With their figures; then they are forgotten</source>
        <translation>Avec leurs chiffres ; ensuite ils sont oubliés</translation>
    </message>
    <message>
        <source>Wait for my yes</source>
        <translation>Attendre mon accord</translation>
    </message>
    <message>
        <source>Go out by themselves</source>
        <translation>Sont publiées toutes seules</translation>
    </message>
    <message>
        <source>Tell when something is wrong</source>
        <translation>Prévenir quand quelque chose ne va pas</translation>
    </message>
    <message>
        <source>Once when it begins, and once when it is over</source>
        <translation>Une fois au début, et une fois à la fin</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>Calme à partir de</translation>
    </message>
    <message>
        <source>A time such as 22:00. Empty: at no time</source>
        <translation>Une heure comme 22:00. Vide : jamais</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>Calme jusqu’à</translation>
    </message>
    <message>
        <source>What came in between is told then, in one message</source>
        <translation>Ce qui s’est passé entre-temps est alors dit, en un seul message</translation>
    </message>
    <message>
        <source>A disk is almost full</source>
        <translation>Un disque est presque plein</translation>
    </message>
    <message>
        <source>When so much of any disk of the station is taken</source>
        <translation>Quand un disque de la station est rempli à ce point</translation>
    </message>
    <message>
        <source>The media are growing out of their place</source>
        <translation>Les médias manquent bientôt de place</translation>
    </message>
    <message>
        <source>When so much of the disk with the films is taken</source>
        <translation>Quand le disque des films est rempli à ce point</translation>
    </message>
    <message>
        <source>The processor is hot</source>
        <translation>Le processeur chauffe</translation>
    </message>
    <message>
        <source>When its hottest part stays above this</source>
        <translation>Quand sa partie la plus chaude reste au-dessus</translation>
    </message>
    <message>
        <source>A source does not answer</source>
        <translation>Une source ne répond pas</translation>
    </message>
    <message>
        <source>When it has been down for so long</source>
        <translation>Quand elle est en panne depuis ce temps</translation>
    </message>
    <message>
        <source>A video takes long</source>
        <translation>Une vidéo prend longtemps</translation>
    </message>
    <message>
        <source>When the Studio has worked on one for so long</source>
        <translation>Quand le Studio y travaille depuis ce temps</translation>
    </message>
    <message>
        <source>Many errors</source>
        <translation>Beaucoup d’erreurs</translation>
    </message>
    <message>
        <source>When more of what sources and services are asked fails</source>
        <translation>Quand davantage de demandes aux sources et services échouent</translation>
    </message>
    <message>
        <source>Many videos wait</source>
        <translation>Beaucoup de vidéos attendent</translation>
    </message>
    <message>
        <source>When more than so many wait to be made</source>
        <translation>Quand davantage attendent d’être faites</translation>
    </message>
    <message>
        <source>Alerts that are off</source>
        <translation>Alertes désactivées</translation>
    </message>
    <message>
        <source>Names of rules, with commas between</source>
        <translation>Noms de règles, séparés par des virgules</translation>
    </message>
    <message>
        <source>Where no alerts are sent</source>
        <translation>Où aucune alerte n’est envoyée</translation>
    </message>
    <message>
        <source>Names of plugins, with commas between</source>
        <translation>Noms de plugins, séparés par des virgules</translation>
    </message>
    <message>
        <source>Figures for Prometheus</source>
        <translation>Chiffres pour Prometheus</translation>
    </message>
    <message>
        <source>At /metrics in the home network, for who has the token</source>
        <translation>À /metrics dans le réseau de la maison, pour qui a le jeton</translation>
    </message>
    <message>
        <source>Take orders from phones</source>
        <translation>Obéir aux téléphones</translation>
    </message>
    <message>
        <source>From the people below, and from nobody else</source>
        <translation>Aux personnes ci-dessous, et à personne d’autre</translation>
    </message>
    <message>
        <source>Posts may be approved from a phone</source>
        <translation>Les publications peuvent être approuvées d’un téléphone</translation>
    </message>
    <message>
        <source>Otherwise they wait for you here</source>
        <translation>Sinon elles vous attendent ici</translation>
    </message>
    <message>
        <source>Downloads may be removed from a phone</source>
        <translation>Les téléchargements peuvent être retirés d’un téléphone</translation>
    </message>
    <message>
        <source>Finished ones, and their files, after a second yes</source>
        <translation>Ceux qui sont finis, et leurs fichiers, après un second oui</translation>
    </message>
    <message>
        <source>The hour of the nightly jobs</source>
        <translation>L’heure des tâches de nuit</translation>
    </message>
    <message>
        <source>Jobs missed while the station was off are made up for</source>
        <translation>Les tâches manquées pendant l’arrêt de la station sont rattrapées</translation>
    </message>
    <message>
        <source>Backups of the station that are kept</source>
        <translation>Sauvegardes de la station conservées</translation>
    </message>
    <message>
        <source>One a night, of the database and settings. 0: none</source>
        <translation>Une par nuit, de la base et des réglages. 0 : aucune</translation>
    </message>
    <message>
        <source>Folder of the backups</source>
        <translation>Dossier des sauvegardes</translation>
    </message>
    <message>
        <source>Best on another disk. Empty: beside the database</source>
        <translation>De préférence sur un autre disque. Vide : à côté de la base</translation>
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
        <source>Where to search</source>
        <translation>Où chercher</translation>
    </message>
    <message>
        <source>More places</source>
        <translation>Autres endroits</translation>
    </message>
    <message>
        <source>What is good</source>
        <translation>Ce qui convient</translation>
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
        <source>Where they go</source>
        <translation>Où ils vont</translation>
    </message>
    <message>
        <source>How fast, and when</source>
        <translation>À quelle vitesse, et quand</translation>
    </message>
    <message>
        <source>Torrents</source>
        <translation>Torrents</translation>
    </message>
    <message>
        <source>{folder} was added. Its films appear while it is read.</source>
        <translation>{folder} a été ajouté. Ses films apparaissent au fil de la lecture.</translation>
    </message>
    <message>
        <source>{folder} was removed from the library. Its files are untouched.</source>
        <translation>{folder} a été retiré de la bibliothèque. Ses fichiers sont intacts.</translation>
    </message>
    <message>
        <source>It works, and is asked from now on.</source>
        <translation>Ça marche, et sera utilisé désormais.</translation>
    </message>
    <message>
        <source>{name} is not asked any more.</source>
        <translation>{name} n&apos;est plus utilisé.</translation>
    </message>
</context>
<context>
    <name>SharedCard</name>
    <message>
        <source>Share all folders</source>
        <translation>Partager tous les dossiers</translation>
    </message>
    <message>
        <source>Those you add later too</source>
        <translation>Y compris ceux ajoutés plus tard</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>Tous les dossiers</translation>
    </message>
    <message>
        <source>Share {name}</source>
        <translation>Partager {name}</translation>
    </message>
</context>
<context>
    <name>SharesCard</name>
    <message>
        <source>What it went to</source>
        <translation>À quoi cela a servi</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Tâche</translation>
    </message>
    <message>
        <source>Nothing was spent in this month.</source>
        <translation>Rien n’a été dépensé ce mois-là.</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n appel</numerusform>
            <numerusform>%n appels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
</context>
<context>
    <name>ShelfChips</name>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>En file</translation>
    </message>
    <message>
        <source>Seeding</source>
        <translation>Partagés</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminés</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>En échec</translation>
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
    <name>SidePanel</name>
    <message>
        <source>Watchlist</source>
        <translation>À voir</translation>
    </message>
    <message>
        <source>On your list</source>
        <translation>Dans la liste</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Suivre</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Suivi</translation>
    </message>
</context>
<context>
    <name>SigningIn</name>
    <message>
        <source>Sign in to {0}</source>
        <translation>Se connecter à {0}</translation>
    </message>
    <message>
        <source>Asking for the page…</source>
        <translation>Demande de la page…</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Rouvrir la page</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Your browser shows the sign-in now. Say yes there, and come back: this closes by itself.</source>
        <translation>Votre navigateur affiche la connexion. Acceptez là-bas, puis revenez : ceci se ferme tout seul.</translation>
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
    <name>SourceRow</name>
    <message>
        <source>retry</source>
        <translation>réessayer</translation>
    </message>
    <message>
        <source>Ask it again</source>
        <translation>L’interroger de nouveau</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>Tout afficher de nouveau</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>N’afficher que ceux-ci</translation>
    </message>
</context>
<context>
    <name>SourcesCard</name>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
</context>
<context>
    <name>SpeedChart</name>
    <message>
        <source>Speed over time</source>
        <translation>Vitesse au fil du temps</translation>
    </message>
    <message>
        <source>At most {most} in this time, {now} now</source>
        <translation>Au plus {most} sur cette durée, {now} maintenant</translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Searched lately</source>
        <translation>Recherches récentes</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Recherches enregistrées</translation>
    </message>
    <message>
        <source>Your watchlist</source>
        <translation>Votre liste à voir</translation>
    </message>
    <message>
        <source>You follow</source>
        <translation>Vous suivez</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n nouveauté</numerusform>
            <numerusform>%n nouveautés</numerusform>
        </translation>
    </message>
    <message>
        <source>Search for it</source>
        <translation>Le chercher</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>StorageView</name>
    <message>
        <source>Measure again</source>
        <translation>Mesurer à nouveau</translation>
    </message>
    <message>
        <source>The disks cannot be measured now</source>
        <translation>Les disques ne peuvent pas être mesurés maintenant</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Measured {time}</source>
        <translation>Mesuré le {time}</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Keywords</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Scénario</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Voix</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Séquences</translation>
    </message>
    <message>
        <source>Avatar</source>
        <translation>Avatar</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musique</translation>
    </message>
    <message>
        <source>Montage</source>
        <translation>Montage</translation>
    </message>
    <message>
        <source>Thumbnail</source>
        <translation>Vignette</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>A/B test</source>
        <translation>Test A/B</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>inutile</translation>
    </message>
    <message>
        <source>Curious</source>
        <translation>Curieux</translation>
    </message>
    <message>
        <source>Calm</source>
        <translation>Calme</translation>
    </message>
    <message>
        <source>Lively</source>
        <translation>Vif</translation>
    </message>
    <message>
        <source>Serious</source>
        <translation>Sérieux</translation>
    </message>
    <message>
        <source>Dusk</source>
        <translation>Crépuscule</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Neon</source>
        <translation>Néon</translation>
    </message>
    <message>
        <source>Forest</source>
        <translation>Forêt</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Cards drawn here</source>
        <translation>Cartes dessinées ici</translation>
    </message>
    <message>
        <source>Free pictures, with credit</source>
        <translation>Images libres, avec mention</translation>
    </message>
    <message>
        <source>My picture folder</source>
        <translation>Mon dossier d’images</translation>
    </message>
    <message>
        <source>Music made here</source>
        <translation>Musique faite ici</translation>
    </message>
    <message>
        <source>My music folder</source>
        <translation>Mon dossier de musique</translation>
    </message>
    <message>
        <source>No music</source>
        <translation>Sans musique</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Séquence</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Voix</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Vignettes</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vidéos</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>Vertical</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Carré</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>Fil</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>The price is not known: you will be asked.</source>
        <translation>Le prix n’est pas connu&#xa0;: on vous demandera.</translation>
    </message>
    <message>
        <source>Free, made on this device.</source>
        <translation>Gratuit, fait sur cet appareil.</translation>
    </message>
    <message>
        <source>About {0}, taken from your budget.</source>
        <translation>Environ {0}, pris sur votre budget.</translation>
    </message>
    <message>
        <source>price not known</source>
        <translation>prix inconnu</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Cet appareil</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>Échec&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>En échec</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>Changed, not made yet</source>
        <translation>Modifié, pas encore refait</translation>
    </message>
    <message>
        <source>Not made yet</source>
        <translation>Pas encore fait</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
</context>
<context>
    <name>StudioPage</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>The video was copied to {0}</source>
        <translation>La vidéo a été copiée dans {0}</translation>
    </message>
    <message>
        <source>“{0}” was removed.</source>
        <translation>«&#xa0;{0}&#xa0;» a été supprimé.</translation>
    </message>
    <message>
        <source>“{0}” was put away.</source>
        <translation>«&#xa0;{0}&#xa0;» a été rangé.</translation>
    </message>
</context>
<context>
    <name>System</name>
    <message>
        <source>{0} min ago</source>
        <translation>il y a {0} min</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>Va bien</translation>
    </message>
    <message>
        <source>Worth a look</source>
        <translation>À regarder</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>En panne</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Pas utilisé</translation>
    </message>
    <message>
        <source>Info and up</source>
        <translation>Infos et plus</translation>
    </message>
    <message>
        <source>Warnings and up</source>
        <translation>Avertissements et plus</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erreurs</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>Toutes les parties</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Partie</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Searches and streams</source>
        <translation>Recherches et flux</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Disk wait</source>
        <translation>Attente disque</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation>Graphisme</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>Playing {0}</source>
        <translation>Lecture de {0}</translation>
    </message>
    <message>
        <source>Casting {0}</source>
        <translation>Diffusion de {0}</translation>
    </message>
    <message>
        <source>Converting {0}</source>
        <translation>Conversion de {0}</translation>
    </message>
    <message>
        <source>Downloading {0}</source>
        <translation>Téléchargement de {0}</translation>
    </message>
    <message>
        <source>Searching {0}</source>
        <translation>Recherche de {0}</translation>
    </message>
    <message>
        <source>Looking through {0}</source>
        <translation>Parcours de {0}</translation>
    </message>
    <message>
        <source>Making {0}</source>
        <translation>Création de {0}</translation>
    </message>
    <message>
        <source>Publishing {0}</source>
        <translation>Publication de {0}</translation>
    </message>
    <message>
        <source>Thinking: {0}</source>
        <translation>Réflexion : {0}</translation>
    </message>
    <message>
        <source>At work: {0}</source>
        <translation>Au travail : {0}</translation>
    </message>
    <message>
        <source>Alert: {0}</source>
        <translation>Alerte : {0}</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Casting</source>
        <translation>Diffusion</translation>
    </message>
    <message>
        <source>Converting</source>
        <translation>Conversion</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Téléchargement</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Looking through files</source>
        <translation>Parcours des fichiers</translation>
    </message>
    <message>
        <source>Making videos</source>
        <translation>Création de vidéos</translation>
    </message>
    <message>
        <source>Publishing</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Réflexion</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Au travail</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>Recherches</translation>
    </message>
    <message>
        <source>cache {0}</source>
        <translation>cache {0}</translation>
    </message>
    <message>
        <source>{time}: {words}</source>
        <translation>{time} : {words}</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Browsers</source>
        <translation>Navigateurs</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Modèle de langage</translation>
    </message>
    <message>
        <source>Speech to text</source>
        <translation>Transcription</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Voix</translation>
    </message>
    <message>
        <source>Other workers</source>
        <translation>Autres processus</translation>
    </message>
    <message>
        <source>big</source>
        <translation>forts</translation>
    </message>
    <message>
        <source>mid</source>
        <translation>moyens</translation>
    </message>
    <message>
        <source>little</source>
        <translation>légers</translation>
    </message>
    <message>
        <source>{0}%</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>{0} GHz</source>
        <translation>{0} GHz</translation>
    </message>
    <message>
        <source>{0} °C</source>
        <translation>{0} °C</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>up {0} h</source>
        <translation>allumé depuis {0} h</translation>
    </message>
    <message>
        <source>up {0} min</source>
        <translation>allumé depuis {0} min</translation>
    </message>
    <message>
        <source>{used} of {total}</source>
        <translation>{used} sur {total}</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/s</translation>
    </message>
    <message>
        <source>{down} ↓ {up} ↑ {unit}/s</source>
        <translation>{down} ↓ {up} ↑ {unit}/s</translation>
    </message>
    <message>
        <source>{0} Gbit/s</source>
        <translation>{0} Gbit/s</translation>
    </message>
    <message>
        <source>{0} Mbit/s</source>
        <translation>{0} Mbit/s</translation>
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
</context>
<context>
    <name>SystemPage</name>
    <message>
        <source>Overview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Nights</source>
        <translation>Nuits</translation>
    </message>
    <message>
        <source>{0} are free again</source>
        <translation>{0} sont de nouveau libres</translation>
    </message>
</context>
<context>
    <name>TableHeader</name>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Reste</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
</context>
<context>
    <name>TargetRow</name>
    <message>
        <source>Send a test</source>
        <translation>Envoyer un essai</translation>
    </message>
    <message>
        <source>Nothing is sent there</source>
        <translation>Rien n’y est envoyé</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait.</source>
        <translation>
            <numerusform>%n message attend.</numerusform>
            <numerusform>%n messages attendent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) on the way</source>
        <translation>
            <numerusform>%n message en route</numerusform>
            <numerusform>%n messages en route</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
</context>
<context>
    <name>Teller</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Written to {0}</source>
        <translation>Écrit dans {0}</translation>
    </message>
    <message>
        <source>{0} could not be written. Choose another folder.</source>
        <translation>{0} n’a pas pu être écrit. Choisissez un autre dossier.</translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) on the way. Each goes out exactly once.</source>
        <translation>
            <numerusform>%n publication en route. Elle part exactement une fois.</numerusform>
            <numerusform>%n publications en route. Chacune part exactement une fois.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) kept in the calendar</source>
        <translation>
            <numerusform>%n brouillon gardé dans le calendrier</numerusform>
            <numerusform>%n brouillons gardés dans le calendrier</numerusform>
        </translation>
    </message>
    <message>
        <source>“{title}” goes out {moment}</source>
        <translation>« {title} » part {moment}</translation>
    </message>
    <message>
        <source>“{title}” was cancelled</source>
        <translation>« {title} » a été annulée</translation>
    </message>
    <message>
        <source>{name} was removed</source>
        <translation>{name} a été retiré</translation>
    </message>
    <message>
        <source>Signed in to {name}</source>
        <translation>Connecté à {name}</translation>
    </message>
    <message>
        <source>“{name}” opens no more</source>
        <translation>« {name} » ne s’ouvre plus</translation>
    </message>
    <message>
        <source>“{name}” was removed</source>
        <translation>« {name} » a été retiré</translation>
    </message>
    <message>
        <source>The link was sent</source>
        <translation>Le lien a été envoyé</translation>
    </message>
    <message>
        <source>Links are open again</source>
        <translation>Les liens s’ouvrent à nouveau</translation>
    </message>
    <message>
        <source>The rule “{name}” was removed</source>
        <translation>La règle « {name} » a été retirée</translation>
    </message>
    <message numerus="yes">
        <source>%n entries erased</source>
        <translation>
            <numerusform>%n entrée effacée</numerusform>
            <numerusform>%n entrées effacées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Thinking</name>
    <message>
        <source>Who answers</source>
        <translation>Qui répond</translation>
    </message>
    <message>
        <source>On this device</source>
        <translation>Sur cet appareil</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>More services</source>
        <translation>Plus de services</translation>
    </message>
    <message>
        <source>The folder of models cannot be read now</source>
        <translation>Le dossier des modèles ne peut pas être lu maintenant</translation>
    </message>
</context>
<context>
    <name>Timetable</name>
    <message>
        <source>full speed</source>
        <translation>pleine vitesse</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>lent</translation>
    </message>
    <message>
        <source>rest</source>
        <translation>repos</translation>
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
    <name>ToldLine</name>
    <message>
        <source>Copy: {0}</source>
        <translation>Copier&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
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
    <message>
        <source>Play on another screen</source>
        <translation>Lire sur un autre écran</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <source>Add link or file</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Give away at most</source>
        <translation>Donner au plus</translation>
    </message>
    <message>
        <source>By timetable…</source>
        <translation>Selon l’horaire…</translation>
    </message>
    <message>
        <source>Go on with all</source>
        <translation>Tout reprendre</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Tout mettre en pause</translation>
    </message>
    <message>
        <source>Speed limit: {limit}</source>
        <translation>Limite de vitesse&#xa0;: {limit}</translation>
    </message>
</context>
<context>
    <name>TrackerList</name>
    <message>
        <source>Trackers</source>
        <translation>Trackers</translation>
    </message>
    <message>
        <source>It has no tracker: peers find each other.</source>
        <translation>Il n’a pas de tracker&#xa0;: les pairs se trouvent entre eux.</translation>
    </message>
    <message>
        <source>A web server that gives parts of it</source>
        <translation>Un serveur web qui en donne des morceaux</translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <translation>
            <numerusform>%n pair</numerusform>
            <numerusform>%n pairs</numerusform>
        </translation>
    </message>
    <message>
        <source>asked again in {time}</source>
        <translation>redemandé dans {time}</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Répond</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Muet</translation>
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
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
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
    <name>VideoBlock</name>
    <message>
        <source>Views</source>
        <translation>Vues</translation>
    </message>
    <message>
        <source>First 7 days</source>
        <translation>7 premiers jours</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>J’aime</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Commentaires</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>Partages</translation>
    </message>
    <message>
        <source>still young</source>
        <translation>encore récente</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>Ouvrir {0}</translation>
    </message>
    <message>
        <source>A/B test</source>
        <translation>Test A/B</translation>
    </message>
    <message>
        <source>A/B test of {0}</source>
        <translation>Test A/B de {0}</translation>
    </message>
</context>
<context>
    <name>VideoCard</name>
    <message>
        <source>Thumbnail</source>
        <translation>Vignette</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>No video yet</source>
        <translation>Pas encore de vidéo</translation>
    </message>
    <message>
        <source>Another video</source>
        <translation>Une autre vidéo</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>Choisir une vidéo</translation>
    </message>
</context>
<context>
    <name>VideoPicker</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>A file of mine</source>
        <translation>Un fichier à moi</translation>
    </message>
    <message>
        <source>Search your own videos</source>
        <translation>Chercher dans vos vidéos</translation>
    </message>
    <message>
        <source>Made in the Studio</source>
        <translation>Faites dans le Studio</translation>
    </message>
    <message>
        <source>No video is finished there yet.</source>
        <translation>Aucune vidéo n’y est encore terminée.</translation>
    </message>
    <message>
        <source>Your own videos</source>
        <translation>Vos vidéos</translation>
    </message>
    <message>
        <source>No home videos or clips were found in the library.</source>
        <translation>Aucune vidéo personnelle ni aucun clip n’a été trouvé dans la bibliothèque.</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vidéos</translation>
    </message>
</context>
<context>
    <name>VideoTable</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>En afficher %n de plus</numerusform>
            <numerusform>En afficher %n de plus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchAccountsRow</name>
    <message>
        <source>{name}: gone</source>
        <translation>{name} : disparu</translation>
    </message>
    <message>
        <source>Take {name} out: there is no such account</source>
        <translation>Retirer {name} : ce compte n’existe pas</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Ajouter un compte</translation>
    </message>
    <message>
        <source>Looking for your accounts…</source>
        <translation>Recherche de vos comptes…</translation>
    </message>
    <message>
        <source>What is gone gets nothing any more. Press it to take it out.</source>
        <translation>Ce qui a disparu ne reçoit plus rien. Appuyez dessus pour le retirer.</translation>
    </message>
    <message>
        <source>No account yet: there is nowhere for a video to go.</source>
        <translation>Pas encore de compte : une vidéo n’a nulle part où aller.</translation>
    </message>
    <message>
        <source>None is chosen: new videos wait until one is.</source>
        <translation>Aucun n’est choisi : les nouvelles vidéos attendent.</translation>
    </message>
</context>
<context>
    <name>WatchedCard</name>
    <message>
        <source>From your watch folder</source>
        <translation>De votre dossier surveillé</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>L’envoyer</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>La voir</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Ready. It waits for your yes.</source>
        <translation>Prête. Elle attend votre accord.</translation>
    </message>
    <message>
        <source>Held; it is tried again.</source>
        <translation>Retenue ; un nouvel essai suivra.</translation>
    </message>
    <message>
        <source>Cannot be used.</source>
        <translation>Inutilisable.</translation>
    </message>
    <message>
        <source>Being described…</source>
        <translation>Description en cours…</translation>
    </message>
    <message>
        <source>Found; it settles first.</source>
        <translation>Trouvée ; on attend qu’elle soit entière.</translation>
    </message>
</context>
<context>
    <name>WeekGrid</name>
    <message>
        <source>Timetable</source>
        <translation>Horaire</translation>
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
<context>
    <name>WritePane</name>
    <message>
        <source>As soon as it may</source>
        <translation>Dès que possible</translation>
    </message>
    <message>
        <source>Best time</source>
        <translation>Meilleur moment</translation>
    </message>
    <message>
        <source>A day and hour</source>
        <translation>Un jour et une heure</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>À quel rythme</translation>
    </message>
    <message>
        <source>Made for children</source>
        <translation>Destinée aux enfants</translation>
    </message>
    <message>
        <source>YouTube must be told.</source>
        <translation>Il faut le dire à YouTube.</translation>
    </message>
    <message>
        <source>Made with a model</source>
        <translation>Faite avec un modèle</translation>
    </message>
    <message>
        <source>Voice, pictures or clips of a model. Platforms want it said.</source>
        <translation>Voix, images ou clips d’un modèle. Les plateformes veulent qu’on le dise.</translation>
    </message>
    <message>
        <source>Check and send</source>
        <translation>Vérifier et envoyer</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>space, light, school</source>
        <translation>espace, lumière, école</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Who may see it</source>
        <translation>Qui peut la voir</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Choose a video first.</source>
        <translation>Choisissez d’abord une vidéo.</translation>
    </message>
    <message>
        <source>Choose where it goes.</source>
        <translation>Choisissez où elle part.</translation>
    </message>
    <message>
        <source>It needs a title.</source>
        <translation>Il lui faut un titre.</translation>
    </message>
</context>
<context>
    <name>view</name>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>nothing goes out without your yes</source>
        <translation>rien ne part sans votre accord</translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) a day at most</source>
        <translation>
            <numerusform>%n publication par jour au plus</numerusform>
            <numerusform>%n publications par jour au plus</numerusform>
        </translation>
    </message>
</context>
</TS>
