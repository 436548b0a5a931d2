"""Things of chance that petitions speak of: plots, decisions, projects, sums, days, officials, companies."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from kntc.ops.demo.names import full_name, in_text, neighbourhood

_SYLLABLES = (
    "An", "Bình", "Châu", "Đại", "Đông", "Gia", "Hòa", "Hưng", "Kim", "Lộc", "Long", "Mỹ", "Minh", "Nam", "Nhơn", "Phú",
    "Phúc", "Phước", "Sơn", "Tân", "Thành", "Thịnh", "Thuận", "Tiến", "Trung", "Vạn", "Việt", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
_PROJECTS = (
    "đường tránh {name}", "hồ chứa nước {name}", "cụm công nghiệp {name}", "khu dân cư {name}", "kè sông {name}",
    "tỉnh lộ {road}", "nhà máy điện gió {name}", "nhà máy điện mặt trời {name}", "khu tái định cư {name}", "cầu {name}",
    "trạm biến áp 110 kV {name}", "đường cao tốc đoạn qua {place}", "khu du lịch {name}", "nghĩa trang {name}",
    "chợ {name}", "trường mầm non {name}", "kênh chính hồ {name}", "khu liên hợp xử lý chất thải {name}",
)  # fmt: skip
_HOUSING = ("khu nhà ở xã hội {name}", "khu đô thị {name}", "chung cư {name}", "khu nhà ở {name}")
_COMPANIES = (
    "Công ty TNHH {firm}", "Công ty TNHH MTV {firm}", "Công ty Cổ phần {trade} {firm}", "Công ty TNHH {trade} {firm}",
    "Doanh nghiệp tư nhân {firm}", "Hợp tác xã {trade} {firm}",
)  # fmt: skip
_TRADES = (
    "Xây dựng", "Thương mại", "Nông nghiệp", "Chăn nuôi", "Chế biến gỗ", "Khoáng sản", "Vận tải", "May mặc", "Dịch vụ",
)  # fmt: skip
_SCHOOLS = ("Trường Tiểu học {name}", "Trường THCS {name}", "Trường Mầm non {name}", "Trường THPT {name}")
_HOSPITALS = (
    "Bệnh viện Đa khoa khu vực {name}",
    "Trung tâm Y tế khu vực {name}",
    "Phòng khám đa khoa {name}",
)
_STREAMS = ("suối {name}", "suối Đá Bàn", "suối Cái", "sông {name}", "suối Ia {syllable}", "hồ {name}")
_CROPS = (
    "cà phê",
    "hồ tiêu",
    "mía",
    "mì",
    "keo",
    "lúa",
    "dừa",
    "điều",
    "cao su",
    "chanh dây",
    "sầu riêng",
    "ớt",
    "bắp",
)
_ROADS = ("ĐT.6{two}", "ĐH.{two}", "liên thôn {name}", "trục chính {name}", "đê {name}", "vành đai {name}")
_OFFICES = ("KT", "NC", "VX", "NNMT", "XD", "TD")
_DIGITS = "0123456789"


class Things:
    """The things of one petition: each name is drawn once ("area"); "area2" is another one of its sort."""

    def __init__(self, random: Random, place: str, on: date, given: Mapping[str, str]) -> None:
        self.random = random
        self.place = place
        self.on = on
        self._drawn = {"place": in_text(place), "thisyear": str(on.year), **given}
        self._days: dict[str, date] = {}

    def __call__(self, name: str) -> str:
        if name not in self._drawn:
            self._drawn[name] = self._draw(name)
        return self._drawn[name]

    def _draw(self, name: str) -> str:
        if name[0].isupper():  # "{Neighbour}" begins a sentence
            spoken = self(name.lower())
            return spoken[0].upper() + spoken[1:]
        sort = name.rstrip(_DIGITS)
        if sort in ("day", "since"):
            day = self._day(name.removeprefix(sort))
            return day_text(day) if sort == "day" else _time_since(day, self.on)
        return SORTS[sort](self)

    def _day(self, which: str) -> date:
        if which not in self._days:
            self._days[which] = self.past(12, 320)
        return self._days[which]

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def past(self, least: int, most: int) -> date:
        """A day that lies so many days back."""
        return self.on - timedelta(days=self.number(least, most))

    def filled(self, patterns: tuple[str, ...]) -> str:
        """A pattern with names of its own: two projects never share one."""
        first, second, third = self.random.sample(_SYLLABLES, 3)
        return self.one(*patterns).format(
            name=f"{first} {second}",
            firm=f"{first} {second} {third}",
            syllable=third,
            trade=self.one(*_TRADES),
            two=self.number(11, 79),
            road=f"6{self.number(11, 79)}",
            place=in_text(self.place),
        )


def _official(things: Things) -> str:
    return _spoken_of(things, "ông", "bà", 1)


def _neighbour(things: Things) -> str:
    return _spoken_of(things, "hộ ông", "hộ bà", 0)


def _spoken_of(things: Things, man: str, woman: str, younger: int) -> str:
    male = things.random.random() < 0.7
    birth_year = things.on.year - things.number(34, 60 if younger else 78)
    return (
        f"{man if male else woman} {full_name(things.random, things.place, male=male, birth_year=birth_year)}"
    )


def _area(things: Things) -> str:
    if things.random.random() < 0.3:
        return f"{_dotted(things.number(11, 68) * 100 + things.number(0, 99))} m²"
    return f"{things.number(420, 9_800) / 10:.1f} m²".replace(".", ",")


def _big(things: Things) -> str:
    if things.random.random() < 0.4:
        return f"{things.number(410, 980)} triệu đồng"
    return f"{things.number(105, 960) / 100:.2f} tỷ đồng".replace(".", ",")


def _decision(things: Things, least: int = 20, most: int = 420) -> str:
    return f"Quyết định số {things.number(12, 4_800)}/QĐ-UBND ngày {day_text(things.past(least, most))}"


def _paper(things: Things) -> str:
    kind, mark = things.random.choice(
        (("Công văn", f"UBND-{things.one(*_OFFICES)}"), ("Thông báo", "TB-UBND"), ("Văn bản", "VP-TD"))
    )
    return f"{kind} số {things.number(8, 2_600)}/{mark} ngày {day_text(things.past(10, 240))}"


def _month(things: Things) -> str:
    day = things.past(30, 420)
    return f"tháng {day.month}/{day.year}"


def _long(things: Things) -> str:
    return things.one(
        f"hơn {things.number(2, 11)} tháng", f"gần {things.number(2, 4)} năm", f"{things.number(3, 9)} tháng"
    )


def _small(things: Things) -> str:
    return f"{_dotted(things.number(3, 96) * 100)}.000 đồng"


def _money(things: Things) -> str:
    return f"{_dotted(things.number(36, 780) * 500)}.000 đồng"


def _price(things: Things) -> str:
    return f"{_dotted(things.number(8, 460) * 5)}.000 đồng/m²"


SORTS: dict[str, Callable[[Things], str]] = {
    "hamlet": lambda things: neighbourhood(things.random, things.place),
    "project": lambda things: things.filled(_PROJECTS),
    "housing": lambda things: things.filled(_HOUSING),
    "company": lambda things: things.filled(_COMPANIES),
    "school": lambda things: things.filled(_SCHOOLS),
    "hospital": lambda things: things.filled(_HOSPITALS),
    "stream": lambda things: things.filled(_STREAMS),
    "road": lambda things: things.filled(_ROADS),
    "crop": lambda things: things.one(*_CROPS),
    "officer": _official,
    "neighbour": _neighbour,
    "plot": lambda things: f"thửa đất số {things.number(3, 980)}, tờ bản đồ số {things.number(2, 76)}",
    "area": _area,
    "wide": lambda things: f"{things.number(12, 95) / 10:.1f} ha".replace(".", ","),
    "money": _money,
    "small": _small,
    "big": _big,
    "price": _price,
    "meal": lambda things: f"{things.number(9, 35)}.000 đồng",
    "decision": _decision,
    "paper": _paper,
    "due": lambda things: day_text(things.on + timedelta(days=things.number(7, 30))),
    "month": _month,
    "year": lambda things: str(things.on.year - things.number(2, 9)),
    "oldyear": lambda things: str(things.number(1978, 2004)),
    "long": _long,
    "years": lambda things: str(things.number(15, 33)),
    "n": lambda things: str(things.number(2, 9)),
    "many": lambda things: str(things.number(11, 68)),
    "number": lambda things: str(things.number(105, 990)),
    "pct": lambda things: f"{things.number(5, 45)}%",
    "fewpct": lambda things: f"{things.number(1, 4)}%",
    "cut": lambda things: f"{things.number(5, 15)}%",
    "most": lambda things: f"{things.number(60, 95)}%",
    "near": lambda things: f"99,{things.number(2, 9)}%",
}


def _time_since(day: date, on: date) -> str:
    """ "gần một tháng", "hơn 4 tháng", "hơn 1 năm"."""
    months = (on - day).days // 30
    if months == 0:
        return "gần một tháng"
    return f"hơn {months} tháng" if months < 12 else f"hơn {months // 12} năm"


def day_text(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
