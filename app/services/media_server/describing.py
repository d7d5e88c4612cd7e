"""What the server says of itself: its description, and the tables of its three services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from app.domain.version import VERSION

CDS: Final = "urn:schemas-upnp-org:service:ContentDirectory:1"
CM: Final = "urn:schemas-upnp-org:service:ConnectionManager:1"
REGISTRAR: Final = "urn:microsoft.com:service:X_MS_MediaReceiverRegistrar:1"
DEVICE: Final = "urn:schemas-upnp-org:device:MediaServer:1"
SERVER: Final = f"Linux/6 UPnP/1.0 DLNADOC/1.50 Sokoul/{VERSION}"
XML: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
ICONS: Final = (("icon-48.png", 48), ("icon-120.png", 120), ("icon-48.jpg", 48),
                ("icon-120.jpg", 120))  # fmt: skip

Arguments = tuple[tuple[str, str], ...]
"""Names, each with the state variable it is like."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A state variable of a service."""

    name: str
    kind: str = "string"
    evented: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What a service can be asked."""

    takes: Arguments = ()
    gives: Arguments = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its type, its id, its actions and variables."""

    kind: str
    id: str
    actions: dict[str, Action]
    variables: tuple[Variable, ...]


_PAGE: Final = (("Filter", "A_ARG_TYPE_Filter"), ("StartingIndex", "A_ARG_TYPE_Index"),
                ("RequestedCount", "A_ARG_TYPE_Count"),
                ("SortCriteria", "A_ARG_TYPE_SortCriteria"))  # fmt: skip
_RESULT: Final = (("Result", "A_ARG_TYPE_Result"), ("NumberReturned", "A_ARG_TYPE_Count"),
                  ("TotalMatches", "A_ARG_TYPE_Count"),
                  ("UpdateID", "A_ARG_TYPE_UpdateID"))  # fmt: skip
_DIRECTORY: Final = Service(
    CDS,
    "urn:upnp-org:serviceId:ContentDirectory",
    {
        "Browse": Action(
            (("ObjectID", "A_ARG_TYPE_ObjectID"), ("BrowseFlag", "A_ARG_TYPE_BrowseFlag"), *_PAGE),
            _RESULT,
        ),
        "Search": Action(
            (
                ("ContainerID", "A_ARG_TYPE_ObjectID"),
                ("SearchCriteria", "A_ARG_TYPE_SearchCriteria"),
                *_PAGE,
            ),
            _RESULT,
        ),
        "GetSystemUpdateID": Action((), (("Id", "SystemUpdateID"),)),
        "GetSearchCapabilities": Action((), (("SearchCaps", "SearchCapabilities"),)),
        "GetSortCapabilities": Action((), (("SortCaps", "SortCapabilities"),)),
        "X_GetFeatureList": Action((), (("FeatureList", "A_ARG_TYPE_Featurelist"),)),
        "X_SetBookmark": Action(
            (
                ("CategoryType", "A_ARG_TYPE_CategoryType"),
                ("RID", "A_ARG_TYPE_RID"),
                ("ObjectID", "A_ARG_TYPE_ObjectID"),
                ("PosSecond", "A_ARG_TYPE_PosSec"),
            )
        ),
    },
    (
        Variable("SystemUpdateID", "ui4", evented=True),
        Variable("ContainerUpdateIDs", evented=True),
        Variable("SearchCapabilities"),
        Variable("SortCapabilities"),
        Variable("A_ARG_TYPE_ObjectID"),
        Variable("A_ARG_TYPE_Result"),
        Variable("A_ARG_TYPE_SearchCriteria"),
        Variable("A_ARG_TYPE_BrowseFlag", values=("BrowseMetadata", "BrowseDirectChildren")),
        Variable("A_ARG_TYPE_Filter"),
        Variable("A_ARG_TYPE_SortCriteria"),
        Variable("A_ARG_TYPE_Index", "ui4"),
        Variable("A_ARG_TYPE_Count", "ui4"),
        Variable("A_ARG_TYPE_UpdateID", "ui4"),
        Variable("A_ARG_TYPE_Featurelist"),
        Variable("A_ARG_TYPE_CategoryType"),
        Variable("A_ARG_TYPE_RID"),
        Variable("A_ARG_TYPE_PosSec", "ui4"),
    ),
)
_CONNECTIONS: Final = Service(
    CM,
    "urn:upnp-org:serviceId:ConnectionManager",
    {
        "GetProtocolInfo": Action(
            (), (("Source", "SourceProtocolInfo"), ("Sink", "SinkProtocolInfo"))
        ),
        "GetCurrentConnectionIDs": Action((), (("ConnectionIDs", "CurrentConnectionIDs"),)),
        "GetCurrentConnectionInfo": Action(
            (("ConnectionID", "A_ARG_TYPE_ConnectionID"),),
            (
                ("RcsID", "A_ARG_TYPE_RcsID"),
                ("AVTransportID", "A_ARG_TYPE_AVTransportID"),
                ("ProtocolInfo", "A_ARG_TYPE_ProtocolInfo"),
                ("PeerConnectionManager", "A_ARG_TYPE_ConnectionManager"),
                ("PeerConnectionID", "A_ARG_TYPE_ConnectionID"),
                ("Direction", "A_ARG_TYPE_Direction"),
                ("Status", "A_ARG_TYPE_ConnectionStatus"),
            ),
        ),
    },
    (
        Variable("SourceProtocolInfo", evented=True),
        Variable("SinkProtocolInfo", evented=True),
        Variable("CurrentConnectionIDs", evented=True),
        Variable(
            "A_ARG_TYPE_ConnectionStatus",
            values=(
                *("OK", "ContentFormatMismatch", "InsufficientBandwidth", "UnreliableChannel"),
                "Unknown",
            ),
        ),
        Variable("A_ARG_TYPE_ConnectionManager"),
        Variable("A_ARG_TYPE_Direction", values=("Input", "Output")),
        Variable("A_ARG_TYPE_ProtocolInfo"),
        Variable("A_ARG_TYPE_ConnectionID", "i4"),
        Variable("A_ARG_TYPE_AVTransportID", "i4"),
        Variable("A_ARG_TYPE_RcsID", "i4"),
    ),
)
_REGISTRAR: Final = Service(
    REGISTRAR,
    "urn:microsoft.com:serviceId:X_MS_MediaReceiverRegistrar",
    {
        "IsAuthorized": Action(
            (("DeviceID", "A_ARG_TYPE_DeviceID"),), (("Result", "A_ARG_TYPE_Result"),)
        ),
        "IsValidated": Action(
            (("DeviceID", "A_ARG_TYPE_DeviceID"),), (("Result", "A_ARG_TYPE_Result"),)
        ),
        "RegisterDevice": Action(
            (("RegistrationReqMsg", "A_ARG_TYPE_RegistrationReqMsg"),),
            (("RegistrationRespMsg", "A_ARG_TYPE_RegistrationRespMsg"),),
        ),
    },
    (
        Variable("A_ARG_TYPE_DeviceID"),
        Variable("A_ARG_TYPE_Result", "int"),
        Variable("A_ARG_TYPE_RegistrationReqMsg", "bin.base64"),
        Variable("A_ARG_TYPE_RegistrationRespMsg", "bin.base64"),
        Variable("AuthorizationGrantedUpdateID", "ui4", evented=True),
        Variable("AuthorizationDeniedUpdateID", "ui4", evented=True),
        Variable("ValidationSucceededUpdateID", "ui4", evented=True),
        Variable("ValidationRevokedUpdateID", "ui4", evented=True),
    ),
)
SERVICES: Final = {"cds": _DIRECTORY, "cm": _CONNECTIONS, "registrar": _REGISTRAR}
"""The services by the word that stands for each in addresses."""


def device(udn: str, name: str) -> str:
    """The description of the device. Its addresses are relative: it is right on every interface."""
    icons = "".join(
        f"<icon><mimetype>image/{'png' if file.endswith('png') else 'jpeg'}</mimetype>"
        f"<width>{side}</width><height>{side}</height><depth>24</depth>"
        f"<url>/dlna/icon/{file}</url></icon>"
        for file, side in ICONS
    )
    services = "".join(
        f"<service><serviceType>{one.kind}</serviceType><serviceId>{one.id}</serviceId>"
        f"<SCPDURL>/dlna/{word}.xml</SCPDURL><controlURL>/dlna/{word}/control</controlURL>"
        f"<eventSubURL>/dlna/{word}/events</eventSubURL></service>"
        for word, one in SERVICES.items()
    )
    capable = "smi,DCM10,getMediaInfo.sec,getCaptionInfo.sec"
    return (
        f'{XML}<root xmlns="urn:schemas-upnp-org:device-1-0"'
        ' xmlns:dlna="urn:schemas-dlna-org:device-1-0" xmlns:sec="http://www.sec.co.kr/dlna"'
        ' xmlns:df="http://schemas.microsoft.com/windows/2008/09/devicefoundation"'
        ' xmlns:microsoft="urn:schemas-microsoft-com:WMPNSS-1-0">'
        "<specVersion><major>1</major><minor>0</minor></specVersion><device>"
        f"<deviceType>{DEVICE}</deviceType><friendlyName>{escape(name)}</friendlyName>"
        "<manufacturer>Sokoul</manufacturer><modelDescription>Home media station"
        "</modelDescription><modelName>Sokoul</modelName>"
        f"<modelNumber>{VERSION}</modelNumber><serialNumber>1</serialNumber><UDN>{udn}</UDN>"
        "<dlna:X_DLNADOC>DMS-1.50</dlna:X_DLNADOC>"
        f"<sec:ProductCap>{capable}</sec:ProductCap><sec:X_ProductCap>{capable}</sec:X_ProductCap>"
        "<df:X_deviceCategory>MediaDevices</df:X_deviceCategory>"
        "<microsoft:magicPacketWakeSupported>0</microsoft:magicPacketWakeSupported>"
        f"<iconList>{icons}</iconList><serviceList>{services}</serviceList></device></root>"
    )


def scpd(service: Service) -> str:
    """The table of a service: its actions and its variables."""
    actions = "".join(
        f"<action><name>{name}</name>{_arguments(action)}</action>"
        for name, action in service.actions.items()
    )
    variables = "".join(
        f'<stateVariable sendEvents="{"yes" if one.evented else "no"}"><name>{one.name}</name>'
        f"<dataType>{one.kind}</dataType>{_values(one)}</stateVariable>"
        for one in service.variables
    )
    return (
        f'{XML}<scpd xmlns="urn:schemas-upnp-org:service-1-0">'
        "<specVersion><major>1</major><minor>0</minor></specVersion>"
        f"<actionList>{actions}</actionList>"
        f"<serviceStateTable>{variables}</serviceStateTable></scpd>"
    )


def _arguments(action: Action) -> str:
    told = "".join(
        f"<argument><name>{name}</name><direction>{way}</direction>"
        f"<relatedStateVariable>{like}</relatedStateVariable></argument>"
        for way, those in (("in", action.takes), ("out", action.gives))
        for name, like in those
    )
    return f"<argumentList>{told}</argumentList>" if told else ""


def _values(variable: Variable) -> str:
    told = "".join(f"<allowedValue>{one}</allowedValue>" for one in variable.values)
    return f"<allowedValueList>{told}</allowedValueList>" if told else ""
