"""The letters of a transfer and of a guidance, filled from the petition, in the layout of NĐ 30/2020/NĐ-CP.

Titles and fields follow domain §2.3 (07, 09) and §3.6 (XLD_03, XLD_05–07); the official numbers of the forms of
TT 05/2021 are not established, so none is written.

Who denounces appears in no letter (LTC Đ8, Đ56): of a denunciation nobody but the accused is read here, and the words
are those of the register, out of which the vault has taken the name already.
"""

from dataclasses import dataclass

from kntc.agencies.catalogue import bare_name
from kntc.agencies.models import Agency, BodyKind, Level
from kntc.documents.paper import OfficialPaper, Signer, Text, signature_lines
from kntc.petitions.choices import Handling, Kind, PartyRole
from kntc.petitions.models import Dispatch, Paper, Party, Petition
from kntc.vietnamese import fold, long_date

_ABBREVIATION = {Paper.TRANSFER: "PC", Paper.GUIDE: "HD", Paper.NOTICE: "TB"}
_SUBJECT = {
    Kind.COMPLAINT: "đơn khiếu nại",
    Kind.DENUNCIATION: "đơn tố cáo",
    Kind.REFLECTION: "đơn kiến nghị, phản ánh",
}
_VERB = {Kind.COMPLAINT: "khiếu nại", Kind.DENUNCIATION: "tố cáo", Kind.REFLECTION: "kiến nghị, phản ánh"}
# Where the law speaks of it: LTC Đ24.2; LTCD Đ26.1.b; TT 05/2021.
_BASIS_TRANSFER = {
    Kind.DENUNCIATION: "khoản 2 Điều 24 Luật Tố cáo ngày 12 tháng 6 năm 2018",
    Kind.COMPLAINT: "Điều 26 Luật Tiếp công dân ngày 25 tháng 11 năm 2013",
    Kind.REFLECTION: "Điều 26 Luật Tiếp công dân ngày 25 tháng 11 năm 2013",
}
_BASIS_GUIDE = {
    Kind.DENUNCIATION: "khoản 2 Điều 24 Luật Tố cáo ngày 12 tháng 6 năm 2018",
    Kind.COMPLAINT: "điểm b khoản 1 Điều 26 Luật Tiếp công dân ngày 25 tháng 11 năm 2013",
    Kind.REFLECTION: "Điều 26 Luật Tiếp công dân ngày 25 tháng 11 năm 2013",
}
_CIRCULAR = (
    "Thông tư số 05/2021/TT-TTCP ngày 01 tháng 10 năm 2021 của Tổng Thanh tra Chính phủ "
    "quy định quy trình xử lý đơn khiếu nại, đơn tố cáo, đơn kiến nghị, phản ánh"
)
_UNNAMED = "Người gửi đơn"
_BLANK = "………………………………"


def symbol_of(agency: Agency, paper: Paper) -> str:
    """ "PC-UBND", "HD-SXD": the paper's kind and the agency's usual abbreviation."""
    if agency.kind == BodyKind.COMMITTEE:
        return f"{_ABBREVIATION[paper]}-UBND"
    return f"{_ABBREVIATION[paper]}-{agency.code.rpartition('-')[2]}"


def build_letter(petition: Petition, paper: Paper, dispatch: Dispatch | None = None) -> OfficialPaper:
    """The letter; without a dispatch its number and day are left for the hand."""
    agency = petition.keeper
    return _BUILDERS[paper](_Frame(petition, agency, paper, dispatch))


def file_name(petition: Petition, paper: Paper) -> str:
    """In letters that every system can hold; it names the petition's number, never a person."""
    words = "-".join(fold(Paper(paper).label).split())
    return f"{words}-{petition.number}.docx"


@dataclass(frozen=True)
class _Frame:
    petition: Petition
    agency: Agency
    paper: Paper
    dispatch: Dispatch | None

    @property
    def kind(self) -> Kind:
        return Kind(self.petition.kind)

    @property
    def sender(self) -> Party | None:
        """Who signed first; None where nobody may be named."""
        if self.kind == Kind.DENUNCIATION or self.petition.anonymous:
            return None
        people = (p for p in self.petition.parties.all() if p.role == PartyRole.PETITIONER)
        return next((p for p in people if p.name and not p.sealed_id), None)

    @property
    def destination(self) -> str:
        return self.petition.destination.name if self.petition.destination else _BLANK

    def paper_of(
        self, title: str, subject: str, recipient: str, texts: list[Text], copies: list[str]
    ) -> OfficialPaper:
        sent = self.dispatch
        committee = self.agency.kind == BodyKind.COMMITTEE
        return OfficialPaper(
            issuer=self.agency.name,
            superior="" if committee else _superior(self.agency),
            number=str(sent.number) if sent else "",
            symbol=sent.symbol if sent else symbol_of(self.agency, self.paper),
            place=bare_name(self.agency.place.name) if self.agency.place else "Hà Nội",
            day=sent.dated_on if sent else None,
            kind_title=title,
            subject=subject,
            recipients=[recipient],
            blocks=texts,
            signer=Signer(
                signature_lines("TM", body="Ủy ban nhân dân", title="Chủ tịch")
                if committee
                else signature_lines("", title="Thủ trưởng")
            ),
            copies=["Như trên", *copies],
        )


def _superior(agency: Agency) -> str:
    return agency.parent.name if agency.parent and agency.level != Level.PROVINCE else ""


def _transfer(frame: _Frame) -> OfficialPaper:
    petition, kind = frame.petition, frame.kind
    texts = [
        Text(_received(frame)),
        *_content(frame),
        Text(
            f"Căn cứ {_BASIS_TRANSFER[kind]}; {_CIRCULAR}; nội dung đơn không thuộc thẩm quyền giải quyết của "
            f"{frame.agency.name}. {frame.agency.name} chuyển đơn đến {frame.destination} để xem xét, giải quyết theo "
            f"quy định của pháp luật và thông báo kết quả đến {frame.agency.name}."
        ),
    ]
    if kind == Kind.DENUNCIATION:
        texts.insert(
            2,
            Text(
                "Họ tên, địa chỉ, bút tích của người tố cáo được giữ bí mật theo Điều 8, Điều 56 Luật Tố cáo; "
                "đơn gửi kèm trong phong bì niêm phong."
            ),
        )
    else:
        texts.append(Text("(Gửi kèm đơn và các tài liệu có liên quan, nếu có)"))
    copies = [] if kind == Kind.DENUNCIATION else [_capital(f"{_polite(frame)} (để biết)")]
    if petition.source_body:
        copies.append(f"{petition.source_body.name} (cơ quan chuyển đơn)")
    return frame.paper_of("Phiếu chuyển đơn", _VERB[kind], frame.destination, texts, copies)


def _guide(frame: _Frame) -> OfficialPaper:
    kind, petition = frame.kind, frame.petition
    returned = petition.handling == Handling.RETURN
    where = (
        f"gửi đơn đến {frame.destination}" if petition.destination else "gửi đơn đến cơ quan có thẩm quyền"
    )
    texts = [
        Text(_received(frame)),
        *_content(frame),
        Text(
            f"Căn cứ {_BASIS_GUIDE[kind]}; {_CIRCULAR}; sau khi xem xét, {frame.agency.name} thấy nội dung đơn không "
            f"thuộc thẩm quyền giải quyết của mình. {frame.agency.name} hướng dẫn {_polite(frame)} {where} để được "
            "xem xét, giải quyết theo quy định của pháp luật."
        ),
        Text(
            "Trả lại đơn và các tài liệu kèm theo. Việc hướng dẫn này được thực hiện một lần đối với cùng một nội dung."
            if returned
            else "Việc hướng dẫn này được thực hiện một lần đối với cùng một nội dung."
        ),
    ]
    title = "Phiếu trả lại đơn và hướng dẫn" if returned else "Phiếu hướng dẫn"
    copies = [petition.destination.name] if petition.destination else []
    return frame.paper_of(title, f"Về việc gửi {_SUBJECT[kind]}", _addressed(frame), texts, copies)


def _notice(frame: _Frame) -> OfficialPaper:
    kind = frame.kind
    texts = [
        Text(_received(frame)),
        *_content(frame),
        Text(
            f"Căn cứ {_BASIS_TRANSFER[kind]}, {frame.agency.name} đã chuyển đơn đến {frame.destination} là cơ quan có "
            "thẩm quyền để xem xét, giải quyết theo quy định của pháp luật."
        ),
        Text(f"{frame.agency.name} thông báo để {_polite(frame)} biết và liên hệ với {frame.destination}."),
    ]
    return frame.paper_of(
        "Thông báo", f"Về việc chuyển {_SUBJECT[kind]}", _addressed(frame), texts, [frame.destination]
    )


_BUILDERS = {Paper.TRANSFER: _transfer, Paper.GUIDE: _guide, Paper.NOTICE: _notice}


def _received(frame: _Frame) -> str:
    petition = frame.petition
    written = f", đề {long_date(petition.written_on)}" if petition.written_on else ""
    through = ""
    if petition.source_body:
        paper = f" kèm văn bản {petition.source_paper}" if petition.source_paper else ""
        through = f" do {petition.source_body.name} chuyển đến{paper}"
    return (
        f"{_capital(long_date(petition.received_on))}, {frame.agency.name} nhận được {_SUBJECT[frame.kind]} của "
        f"{_who(frame)}{written}{through}."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _who(frame: _Frame) -> str:
    if frame.kind == Kind.DENUNCIATION:
        return "công dân"
    sender = frame.sender
    if sender is None:
        return "công dân (không rõ họ tên, địa chỉ)"
    more = frame.petition.signatories - 1
    others = f" và {more} người khác" if more > 0 else ""
    where = f", địa chỉ: {sender.address}" if sender.address else ""
    return f"ông (bà) {sender.name}{others}{where}"


def _polite(frame: _Frame) -> str:
    return f"ông (bà) {frame.sender.name}" if frame.sender else "người gửi đơn"


def _addressed(frame: _Frame) -> str:
    """To whom a paper for the petitioner goes. A denouncer's name is written on the envelope by hand."""
    if frame.kind == Kind.DENUNCIATION:
        return f"{_UNNAMED} tố cáo (họ tên, địa chỉ được giữ bí mật; ghi trên phong bì)"
    if frame.sender is None:
        return _BLANK
    where = f", {frame.sender.address}" if frame.sender.address else ""
    return f"Ông (bà) {frame.sender.name}{where}"


def _body_of(party: Party) -> str:
    """Older entries name the body in the same words as the position."""
    name = party.body.name if party.body else ""
    return "" if fold(name) in fold(party.organisation) else name


def _content(frame: _Frame) -> list[Text]:
    words = frame.petition.words
    texts = [Text(f"Nội dung {_VERB[frame.kind]}: {words.summary.rstrip(' .;')}.")]
    accused = [p for p in frame.petition.parties.all() if p.role == PartyRole.RESPONDENT]
    named = "; ".join(
        ", ".join(part for part in (p.name, p.organisation, _body_of(p)) if part) for p in accused
    )
    if named and frame.kind != Kind.REFLECTION:
        texts.append(Text(f"Người bị {_VERB[frame.kind]}: {named}."))
    return texts
