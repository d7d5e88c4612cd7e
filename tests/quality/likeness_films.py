"""Thirty invented films, what a person would say is like each, and wishes with what fits them."""

from __future__ import annotations

from app.domain.meaning import Known


def _film(title: str, year: int, genres: str, story: str, people: str = "") -> Known:
    return Known(
        title=title,
        year=year,
        overview=story,
        genres=tuple(genres.split(", ")) if genres else (),
        people=tuple(people.split(", ")) if people else (),
    )


FILMS = (
    _film("The Quiet Orbit", 1979, "Science Fiction, Drama",
          "A cosmonaut who was left alone on a station around a dying planet slowly loses track of"
          " time and begins to hear the voice of his late wife over the radio.", "Irena Halvorsen"),
    _film("Nine Minutes of Air", 2016, "Thriller",
          "After debris tears her shuttle apart, an engineer drifts above the Earth with little"
          " oxygen and has to reach another vessel before it runs out.", "Paul Adeyemi"),
    _film("Letters from Europa", 2008, "Drama",
          "The crew of a ship bound for an icy moon knows that nobody will bring them home. They"
          " spend the long voyage writing to those they left behind.", "Irena Halvorsen"),
    _film("Garden Deck", 1994, "Science Fiction",
          "On a vessel far beyond the last colony a botanist tends the only forest that is left"
          " and refuses the order to destroy it.", "Marta Sund"),
    _film("The Second Dreamer", 2011, "Thriller, Science Fiction",
          "A specialist in entering other people's sleep is hired to hide a memory in the mind of"
          " a banker, and can no longer tell what is real.", "Paul Adeyemi"),
    _film("Rooms Without Doors", 2003, "Mystery",
          "Every night a clerk wakes inside the same impossible building of his dreams. When he"
          " brings an object back, he begins to doubt the waking world.", "Marta Sund"),
    _film("What Anna Forgot", 2005, "Drama",
          "A company offers to erase painful recollections. A woman has her marriage taken out of"
          " her mind and then meets her husband again as a stranger.", "Claude Ferrand"),
    _film("The Copper Vault", 1968, "Crime",
          "Five retired burglars plan to empty a bank below the old exchange during a parade, and"
          " each of them plans to betray the others.", "Lou Castellani"),
    _film("One Last Safe", 1999, "Crime, Comedy",
          "An ageing safecracker gathers his old gang for a robbery at a casino. Nothing goes as"
          " rehearsed.", "Lou Castellani"),
    _film("Diamonds Before Noon", 2018, "Thriller",
          "Strangers are recruited to steal a necklace from a guarded exhibition within an hour."
          " The one who hired them has something else in mind.", "Nadia Brandt"),
    _film("Snow on the Docks", 1954, "Crime, Drama",
          "A tired detective looks for the murderer of a harbour worker in a city where the police"
          " are paid by the same people as the killers.", "Henry Vale"),
    _film("The Lamplighter's Case", 1949, "Mystery",
          "A private investigator is asked to find a missing heiress. The trail of blackmail leads"
          " to the man who hired him.", "Henry Vale"),
    _film("Cold Basin", 2014, "Thriller, Crime",
          "Two inspectors who dislike each other hunt a serial killer in the marshes, and find that"
          " the village has been covering for him for years.", "Nadia Brandt"),
    _film("The Baker of Rue Basse", 1997, "Romance, Comedy",
          "A shy baker hides little notes in his loaves for a customer he does not dare to speak"
          " to. The whole street begins to help.", "Claude Ferrand"),
    _film("Two Umbrellas", 1964, "Musical",
          "They fall in love in a rainy port, are parted by the army, and sing about it. Years"
          " later they meet at a petrol station.", "Claude Ferrand"),
    _film("Wrong Train to Lisbon", 2010, "Comedy",
          "She takes the wrong sleeper and shares a compartment with a man on the way to his own"
          " wedding. By morning neither wants to arrive.", "Eva Lind"),
    _film("Late Spring Wedding", 1988, "Comedy, Romance",
          "A widowed father and a divorced mother fall for each other while arranging the marriage"
          " of their children.", "Eva Lind"),
    _film("The Trench Flute", 1958, "War, Drama",
          "During a winter truce soldiers of both sides share music and bread between the trenches."
          " In the morning the order to attack arrives.", "Otto Reiss"),
    _film("No Bridge Home", 1977, "Drama",
          "A platoon is told to hold a river crossing with eleven men. The youngest writes down"
          " what becomes of each of them in battle.", "Otto Reiss"),
    _film("The Nurse of Ward Six", 2001, "War, Romance",
          "In a field hospital near the front a nurse cares for a wounded enemy officer and hides"
          " who he is.", "Eva Lind"),
    _film("House of the Seventh Stair", 1973, "Horror",
          "A family moves into a manor where one step of the staircase is never seen by day. The"
          " children begin to speak with somebody behind the wall.", "Gwen Moray"),
    _film("The Guest in the Cellar", 2012, "Horror",
          "After the funeral of her mother a woman hears footsteps in the locked cellar of the old"
          " house, and a voice that knows her name.", "Gwen Moray"),
    _film("They Rise at Harvest", 1985, "Horror",
          "The dead of a farming village climb out of their graves and besiege the survivors in a"
          " barn until dawn.", "Rick Dunmore"),
    _film("Quarantine Mile", 2007, "Thriller, Horror",
          "An infection turns the people of a suburb into raging corpses. A bus driver tries to get"
          " eleven children to the coast.", "Rick Dunmore"),
    _film("The Fox and the Lighthouse", 2006, "Animation, Family",
          "A little fox leaves the forest to relight a lamp by the sea and makes friends with a"
          " grumpy seagull on the way."),
    _film("Pim Builds a Boat", 2013, "Animation",
          "A young mouse who is afraid of water builds a boat out of rubbish to look for his"
          " brother, helped by a frog who cannot keep a secret."),
    _film("The Bear Who Would Not Sleep", 1991, "Family",
          "While all other animals hibernate, a bear cub discovers winter and learns to skate with"
          " a hare."),
    _film("Ice Without End", 2009, "Documentary",
          "A year with emperor penguins and seals at the edge of Antarctica, filmed through the"
          " longest night of the planet."),
    _film("The Reef", 2015, "Documentary",
          "Underwater cameras follow turtles, sharks and coral through the seasons of a sea that is"
          " getting warmer."),
    _film("Saddle of Dust", 1961, "Western",
          "A gunfighter who gave up his revolver has to protect a small town from the ranchers he"
          " once rode with.", "Henry Vale"),
)  # fmt: skip

_GROUPS = (
    ("The Quiet Orbit", "Nine Minutes of Air", "Letters from Europa", "Garden Deck"),
    ("The Second Dreamer", "Rooms Without Doors", "What Anna Forgot"),
    ("The Copper Vault", "One Last Safe", "Diamonds Before Noon"),
    ("Snow on the Docks", "The Lamplighter's Case", "Cold Basin"),
    ("The Baker of Rue Basse", "Two Umbrellas", "Wrong Train to Lisbon", "Late Spring Wedding"),
    ("The Trench Flute", "No Bridge Home", "The Nurse of Ward Six"),
    ("House of the Seventh Stair", "The Guest in the Cellar", "They Rise at Harvest",
     "Quarantine Mile"),
    ("The Fox and the Lighthouse", "Pim Builds a Boat", "The Bear Who Would Not Sleep"),
    ("Ice Without End", "The Reef"),
)  # fmt: skip

NEIGHBOURS = {
    title: tuple(other for other in group if other != title) for group in _GROUPS for title in group
}
"""What belongs near each; a film that is like no other has none."""

WISHES = (
    ("films like The Second Dreamer", ("Rooms Without Doors", "What Anna Forgot")),
    ("slow science fiction about being alone", ("The Quiet Orbit",)),
    ("stranded in space", ("Nine Minutes of Air", "The Quiet Orbit")),
    ("a gang robs a bank", ("The Copper Vault", "One Last Safe")),
    ("stealing jewels", ("Diamonds Before Noon",)),
    ("haunted house", ("House of the Seventh Stair", "The Guest in the Cellar")),
    ("zombies", ("They Rise at Harvest", "Quarantine Mile")),
    ("soldiers making peace at Christmas", ("The Trench Flute",)),
    ("something sweet for small children", ("The Fox and the Lighthouse", "Pim Builds a Boat",
                                            "The Bear Who Would Not Sleep")),
    ("wildlife under water", ("The Reef",)),
    ("penguins", ("Ice Without End",)),
    ("cowboy film", ("Saddle of Dust",)),
    ("a couple that met on a train", ("Wrong Train to Lisbon",)),
    ("erasing memories of love", ("What Anna Forgot",)),
    ("detective stories from the 50s", ("Snow on the Docks",)),
    ("films by Irena Halvorsen", ("The Quiet Orbit", "Letters from Europa")),
    ("manhunt for a murderer", ("Cold Basin", "Snow on the Docks")),
    ("romantic musical in the rain", ("Two Umbrellas",)),
    ("spacecraft with plants", ("Garden Deck",)),
    ("parents in love again", ("Late Spring Wedding",)),
)  # fmt: skip
"""What somebody types, and what of the library answers it: one of these is to be among three."""
