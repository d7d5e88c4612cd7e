"""The words release names are made of: what each tells, and how surely it does.

A word is looked up without case and without separators, so `Blu-Ray`, `blu.ray` and `BluRay` are
one entry. `SURE` words end a title wherever they stand; `TAG` words are ordinary words too, and
count only among other tags, in brackets, or beside a sure word.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

SURE: Final = 2
TAG: Final = 1


class Word(NamedTuple):
    """What a word says: which field, which value, and how sure it is."""

    field: str
    value: str
    weight: int


_RESOLUTIONS = {
    "4320p": "4320p 8k 7680x4320",
    "2160p": "2160p 2160i 4k2160p 4kuhd uhd4k 3840x2160 4096x2160 21600p",
    "1440p": "1440p 2560x1440 qhd wqhd",
    "1080p": "1080p 10800p fullhd fhd bd1080p hd1080p m1080p hd1080 1920x1080 1080p60 1080p50",
    "1080i": "1080i 1080i50 1080i60",
    "900p": "900p 1600x900",
    "720p": "720p 720p50 720p60 hd720p bd720p m720p hd720 1280x720",
    "720i": "720i",
    "576p": "576p 1024x576 720x576",
    "576i": "576i",
    "544p": "544p",
    "540p": "540p 960x540",
    "480p": "480p bd480p 848x480 854x480 720x480 640x480",
    "480i": "480i",
    "432p": "432p",
    "406p": "406p",
    "404p": "404p",
    "400p": "400p",
    "396p": "396p",
    "384p": "384p",
    "368p": "368p",
    "360p": "360p 640x360",
    "240p": "240p",
}
_SOURCES = {
    "BluRay": "bluray blueray bdremux brremux bluray3d bd25 bd50 bd66 bd100 bdmv uhdbluray bdiso "
    "uhdbd bluraydisc bluraycee bluraydiy uhdremux blurayremux bdraw uhdbdremux bluraymux "
    "4kuhdremux uhdbluraydisc uhdbdmv",
    "BDRip": "bdrip bdripmux bdlight bdrips bdmux uhdbdrip uhdrip",
    "BRRip": "brrip brripmux blurayrip brmux",
    "WEB-DL": "webdl webdlrip webdlremux webhd webmux webuhd dlmux webdlmux",
    "WEBRip": "webrip webcap webripremux webcaprip",
    "HDTV": "hdtv hdtvx264 hdtvx265 ahdtv hdtvrip uhdtv hdtvremux tvhd hdtvmux",
    "PDTV": "pdtv pdtvx264",
    "SDTV": "sdtv",
    "TVRip": "tvrip dtvrip vhstvrip",
    "DSR": "dsr dsrip dthrip dth",
    "SATRip": "satrip hdsatrip dvbs dvbsrip",
    "DVB": "dvbrip dvbt",
    "DVDRip": "dvdrip hddvdrip dvdrips dvdmux dvd5rip dvdlight",
    "DVD": "dvd5 dvd9 dvdr9 dvdr5 dvdr dvd dvdfull dvdremux pal ntsc dvdpal dvdntsc fulldvd dvdiso",
    "HD-DVD": "hddvd",
    "HDRip": "hdrip microhd hdlight mhd 4klight m4k hdrips uhdlight minihd",
    "VHSRip": "vhsrip vhs",
    "LaserDisc": "laserdisc ldrip",
    "PPV": "ppvrip",
    "VOD": "vodrip vod",
    "CAM": "camrip hqsprint hdcam hqcam hdcamrip camhd hqcamrip",
    "Telesync": "telesync hdts hdtelesync tsrip hqts hdtsrip ptelesync predvd predvdrip pdvdrip",
    "Telecine": "telecine hdtc hdtcrip tc1080p tc720p tcrip hdtelecine",
    "Screener": "screener dvdscr dvdscreener bdscr bdscreener webscr webscreener brscr "
    "dvdscrrip hdscr scrrip",
    "R5": "r5",
    "Workprint": "workprint",
}
_WEAK_SOURCES = {
    "BluRay": "bd uhdbdr bdr uhddisc",
    "WEB": "web",
    "CAM": "cam",
    "Telesync": "ts",
    "Telecine": "tc",
    "Screener": "scr",
    "HDTV": "tv",
    "R5": "r6",
    "Workprint": "wp",
    "PPV": "ppv",
    "TVRip": "tvr",
}
_VIDEO = {
    "H.264": "x264 h264 avc 264 mpeg4avc x264hi10p h264avc x26410bit avc264 x264avc hi10pavc",
    "HEVC": "x265 h265 hevc 265 hevc10 x26510bit hevc10bit hevcx265 x265hevc h265hevc hevch265 "
    "hevcmain10",
    "VVC": "x266 h266 vvc",
    "AV1": "av1 av110bit svtav1",
    "VP9": "vp9",
    "VP8": "vp8",
    "Xvid": "xvid xvidhd",
    "DivX": "divx divx5 divx6 divxhd",
    "VC-1": "vc1",
    "MPEG-2": "mpeg2 h262",
    "MPEG-4": "mpeg4",
    "Real": "rmvb",
}
_AUDIO = {
    "AAC": "aac heaac aaclc qaac aac2 qqaac",
    "Dolby Digital": "ac3 dolbydigital dd ac3d ac3hd dolbyd",
    "Dolby Digital Plus": "ddp dd+ eac3 ddplus dolbydigitalplus ddpa ddpatmos ddp51atmos eac3atmos",
    "TrueHD": "truehd dolbytruehd truehdatmos",
    "Atmos": "atmos dolbyatmos",
    "DTS": "dts dtses dts96",
    "DTS-HD": "dtshd dtshdhr dtshdhra dtshr dtshra",
    "DTS-HD MA": "dtshdma dtsma dtshdmaster dtshdmasteraudio",
    "DTS:X": "dtsx dtshdx",
    "FLAC": "flac",
    "PCM": "pcm lpcm",
    "Opus": "opus",
    "Vorbis": "vorbis",
    "MP3": "mp3 lame",
    "MP2": "mp2",
    "WMA": "wma",
    "ALAC": "alac",
}
_ORDINARY_AUDIO = frozenset({"dd", "opus", "lame", "atmos", "dts96"})
_CHANNELS = (
    "10",
    "20",
    "21",
    "30",
    "40",
    "50",
    "51",
    "61",
    "70",
    "71",
    "2ch",
    "6ch",
    "8ch",
    "x2",
    "x3",
    "2",
    "5",
    "7",
    "1",
    "20x2",
    "51x2",
    "20x3",
)
_HDR = {
    "HDR": "hdr hdrvivid uhdhdr 10bithdr",
    "HDR10": "hdr10 hdr10bit",
    "HDR10+": "hdr10+ hdr10plus hdr10p hdr+ hdrplus",
    "DV": "dovi dolbyvision dvp5 dvp7 dvp8 dvhe",
    "HLG": "hlg hdrhlg",
    "SDR": "sdr",
}
_EDITIONS = {
    "Director's Cut": "directorscut directorcut directorscutedition directorsedition "
    "directorsdefinitiveedition extendeddirectorscut directors dc",
    "Extended": "extendedcut extendededition extendedversion extendeduncut extended versionlongue "
    "extendedtvversion langfassung",
    "Theatrical": "theatricalcut theatricaledition theatricalversion theatrical versioncinema "
    "kinofassung originaltheatricalcut",
    "Remastered": "remastered remaster 4kremastered digitallyremastered restored 4krestored "
    "restauree versionrestauree remasterizado 4kremaster remasterise remastering 4krestoration",
    "Unrated": "unratedcut unratededition unratedversion unrated unratedextended nonclassee",
    "Uncut": "uncutedition uncutversion uncut",
    "Uncensored": "uncensored nocensura sansecensure",
    "IMAX": "imax imaxedition imaxenhanced imaxversion",
    "Criterion": "criterioncollection criterion thecriterioncollection criterionedition cc",
    "Final Cut": "finalcut thefinalcut",
    "Ultimate": "ultimateedition ultimatecut ultimatecollectorsedition ultimate",
    "Special Edition": "specialedition specialcut se",
    "Collector's Edition": "collectorsedition collectoredition collectors collector collectorscut "
    "editioncollector",
    "Anniversary Edition": "anniversaryedition anniversary",
    "Deluxe": "deluxeedition deluxe",
    "Limited": "limitededition",
    "Festival": "festival festivalcut",
    "Fan Edit": "fanedit fancut",
    "Alternative Cut": "alternativecut alternatecut alternateending",
    "Open Matte": "openmatte",
    "Redux": "reduxcut redux",
    "Rogue Cut": "roguecut",
    "Black and White": "blackandwhiteedition noiredition blackchromeedition "
    "blackandchromeedition blackandchrome blackchrome",
    "Diamond Edition": "diamondedition",
    "Producer's Cut": "producerscut",
    "International Cut": "internationalcut",
    "Workprint": "workprintcut",
    "Despecialized": "despecialized despecializededition",
    "Superbit": "superbit",
    "Roadshow": "roadshow roadshowversion",
    "TV Cut": "tvcut tvversion",
}
_PLAIN_EDITIONS_WORDS: Final = (
    "directors extended theatrical remastered remaster restored unrated uncut uncensored "
    "imax cc criterion ultimate se collectors collector anniversary deluxe festival "
    "restauree"
)
_PLAIN_EDITIONS: Final = frozenset(_PLAIN_EDITIONS_WORDS.split())
_PROPER = (
    "proper repack rerip real realproper repack2 repack3 properrepack repackproper fixed v2fix"
)
_SURE_PROPER = frozenset({"repack", "rerip", "realproper", "repack2", "repack3"})
_NOISE = (
    "10bit 8bit 12bit hi10p hi10 hi444pp ma10p yuv420p10 10bits 8bits hybrid remux internal "
    "int limited "
    "retail subbed dubbed subs sub complete final proper3d readnfo nfo dirfix nfofix hfr ws fs oar "
    "amzn nf dsnp hmax atvp hulu pcok pmtp cr itunes it stan max hbo appletv ip iplayer crav "
    "crunchyroll netflix amazon bilibili bglobal baha disney ma vudu roku red starz sho web3d 3d "
    "hsbs hou halfsbs halfou sbs ou convert upscaled upscale ai untouched fullhd25 multisub "
    "multisubs msub msubs esub esubs dualaudio dual multi multi2 multi3 multi4 multi5 multi6 "
    "multi7 multi8 multiaudio triaudio dub dubs vo stereo mono 1ch 2ch 6ch 8ch dl "
    "dubbing hc "
    "hardsub hardsubs softsub softsubs hardcoded srt ass pgs ssa 60fps 50fps 24fps 30fps 25fps "
    "23976fps 120fps 4klight mp4 mkv avi batch bonus extras uhd proof sample rip hq "
    "mvo dvo "
    "avo vostsub multilang bits kbps mbps fhd2 ddr line ld md xxx new uncropped regraded regrade "
    "bt709 bt2020 "
    "10b fullscreen widescreen dsnyp dsny paramount peacock viki iq iqiyi wetv youku nick amc "
    "cbs pbs "
    "legendas legenda hd fhd abc nbc fox cw ifc tvn sbs jtbc h10 read clean audio dvdextras "
    "avcintra seasonpack pack fin "
    "compleet complet completo completa integral integrale int\u00e9grale iso bdmv custom telegram "
    "scene org original originals open movie ova ona oad tvseries nced ncop menu vip vff2"
)
_STRONG_NOISE = frozenset(
    {"10bit", "8bit", "12bit", "hi10p", "remux", "dualaudio", "amzn", "dsnp", "ma10p"}
)


@cache
def vocabulary() -> dict[str, Word]:
    """Every word, keyed without case and separators. Built once, when first asked for."""
    words: dict[str, Word] = {key: Word("noise", key, TAG) for key in _NOISE.split()}
    for key in _STRONG_NOISE:
        words[key] = Word("noise", key, SURE)
    _fill(words, "hdr", _HDR, SURE)
    words["dv"] = Word("hdr", "DV", TAG)
    words["sdr"] = Word("hdr", "SDR", TAG)
    _fill(words, "edition", _EDITIONS, TAG)
    for key in _PROPER.split():
        words[key] = Word("proper", key, SURE if key in _SURE_PROPER else TAG)
    _fill(words, "source", _SOURCES, SURE)
    _fill(words, "source", _WEAK_SOURCES, TAG)
    for key in ("pal", "ntsc", "dvd", "vod", "vhs", "dth", "workprint", "r5"):
        words[key] = words[key]._replace(weight=TAG)
    _fill(words, "video_codec", _VIDEO, SURE)
    for key in ("264", "265"):
        words[key] = words[key]._replace(weight=TAG)
    for value, keys in _AUDIO.items():
        for key in keys.split():
            sure = TAG if key in _ORDINARY_AUDIO else SURE
            words[key] = Word("audio_codec", value, sure)
            for channels in _CHANNELS:
                words[key + channels] = Word("audio_codec", value, SURE)
    _fill(words, "resolution", _RESOLUTIONS, SURE)
    words["8k"] = words["8k"]._replace(weight=TAG)
    words["4k"] = Word("resolution", "2160p", TAG)
    words["2k"] = Word("resolution", "1440p", TAG)
    words["uhd"] = Word("resolution_hint", "2160p", TAG)
    words["uhdbluray"] = Word("source", "BluRay", SURE)
    return words


def plain_edition(key: str) -> bool:
    """Whether this edition word is also an everyday word that may stand in a title."""
    return key in _PLAIN_EDITIONS


def _fill(words: dict[str, Word], field: str, table: dict[str, str], weight: int) -> None:
    for value, keys in table.items():
        for key in keys.split():
            words[key] = Word(field, value, weight)
