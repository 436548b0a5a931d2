"""From a row to the values of a petition, with a fault for each cell that says something else than it should."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from kntc.registers.reading import cells as read
from kntc.registers.reading.cells import one_line, text_of
from kntc.registers.reading.entry import ERROR, PERSON_TARGETS, WARNING, Entry, Fault, Person
from kntc.registers.reading.header import Header
from kntc.registers.reading.kinds import (
    CellProblem,
    HandlingReading,
    KindReading,
    read_handling,
    read_kind,
    read_result,
    read_source,
)
from kntc.registers.reading.period import Period
from kntc.registers.reading.received import read_received
from kntc.registers.reading.records import Record
from kntc.registers.reading.titles import plain
from kntc.registers.reading.workbook import Cell
from kntc.vietnamese import DateProblem, parse_date, short_date

_LONGEST_VALUE = 200
_NOBODY = {"", "chua", "khong", "khong co", "chua co", "k", "0"}


class EntryReader:
    """Reads the records of one sheet under one choice of columns."""

    def __init__(
        self,
        header: Header,
        targets: Mapping[int, str],
        *,
        period: Period | None = None,
        kind: str = "",
        today: date,
    ) -> None:
        self.header, self.period, self.kind, self.today = header, period, kind, today
        self.columns = [(index, target) for index, target in sorted(targets.items()) if target]
        self.by_target = {target: index for index, target in reversed(self.columns)}
        self.has_kind = any(target.partition("=")[0] == "kind" for target in self.by_target)
        self.row = 0
        self.entry = Entry(0, 0)
        self.person = Person()

    def read(self, record: Record) -> Entry:
        self.entry = Entry(record.row, record.last_row)
        self.person = Person()
        self._read_date(record)
        width = len(record.cells)
        for index, target in self.columns:
            if index < width and record.texts[index]:
                self._take(index, target, record.cells[index], record.texts[index])
        self._add_people(self.person)
        for cells in record.more:
            self._take_more(cells)
        self._complete(record)
        return self.entry

    # ---- faults

    def fault(self, target: str, value: str, message: str, proposal: str = "", level: str = WARNING) -> None:
        column = self.by_target.get(target)
        title = self.header.title(column) if column is not None else ""
        shown = one_line(value)[:_LONGEST_VALUE]
        self.entry.faults.append(Fault(self.entry.row, title, shown, message, proposal, level, target))

    # ---- one cell

    def _take(self, index: int, target: str, cell: Cell, text: str) -> None:
        if reader := _READERS.get(target):
            reader(self, target, cell, text)
        elif target in PERSON_TARGETS:
            self._take_person(self.person, target, cell, text)
        elif target == "note":
            self._take_note(index, text)
        elif "=" in target:
            self._take_tick(target, text)

    def _take_note(self, index: int, text: str) -> None:
        title = self.header.title(index)
        self.entry.notes.append(text if "ghi chu" in plain(title) else f"{title}: {text}")

    def _take_tick(self, target: str, text: str) -> None:
        field_name, _, option = target.partition("=")
        if field_name == "kind":
            if self.entry.kind and self.entry.kind != option:
                self.fault(
                    target, text, "Đánh dấu nhiều loại đơn trên một dòng: chỉ đánh dấu một loại", level=ERROR
                )
            self.entry.kind = option
            return
        if field_name == "result":
            self.entry.settled = option == "settled"
            return
        setattr(self.entry, field_name, getattr(self.entry, field_name) or option)
        if read.is_tick(text) or text.isdecimal():
            return
        if field_name == "source":
            self.entry.source_body = self.entry.source_body or text
        elif re.search(r"\d+\s*/", text):
            self._take_paper(target, text, text)
        else:
            self.entry.destination = self.entry.destination or text

    def _take_person(self, person: Person, target: str, cell: Cell, text: str) -> None:
        try:
            if target == "name_address":
                self._take_name_address(person, text)
            elif target == "id_number":
                self._take_id(person, cell, text)
            elif target == "phone":
                person.phone = read.read_phone(cell)
            elif target == "birth_year":
                person.birth_year = read.read_birth_year(cell, self.entry.received_on)
            elif target == "gender":
                person.gender = read.read_gender(text)
            else:
                setattr(person, target, text if target == "name" else one_line(text))
        except CellProblem as problem:
            self.fault(target, text, f"{problem}. Đơn vẫn nhập, để trống phần này")

    def _take_name_address(self, person: Person, text: str) -> None:
        rest, id_number, phone = read.cut_numbers(text)
        person.name, person.address = read.split_name_address(rest)
        if id_number:
            self._take_id(person, id_number, text)
        if phone:
            person.phone = read.read_phone(phone)

    def _take_id(self, person: Person, cell: Cell, text: str) -> None:
        reading = read.read_id(cell)
        person.id_number = reading.number
        if reading.doubt:
            self.fault("id_number", text, reading.doubt, reading.number)

    def _date(self, target: str, cell: Cell, text: str) -> date | None:
        """A date that the row can do without."""
        try:
            return parse_date(cell)
        except DateProblem as problem:
            self.fault(target, text, str(problem), short_date(problem.proposal) if problem.proposal else "")
            return None

    def _take_written_on(self, target: str, cell: Cell, text: str) -> None:
        day = self._date(target, cell, text)
        if day and self.entry.received_on and day > self.entry.received_on:
            self.fault(target, text, "Ngày viết đơn sau ngày nhận đơn: đơn vẫn nhập, để trống ngày viết đơn")
            return
        self.entry.written_on = day

    def _take_day(self, target: str, cell: Cell, text: str) -> None:
        day = self._date(target, cell, text)
        if target == "settled_on":
            self.entry.settled_on = day
            self.entry.settled = True if day else self.entry.settled
        else:
            self.entry.handled_on = self.entry.handled_on or day

    def _take_kind(self, target: str, cell: Cell, text: str) -> None:
        try:
            self._set_kind(read_kind(text), target, text)
        except CellProblem as problem:
            self.fault(target, text, str(problem), problem.proposal, ERROR)

    def _set_kind(self, reading: KindReading, target: str, text: str) -> None:
        entry = self.entry
        entry.kind, entry.reflection_kind = reading.kind, reading.reflection_kind
        entry.instance = reading.instance or entry.instance
        entry.anonymous = entry.anonymous or reading.anonymous
        entry.signatories = entry.signatories or reading.people
        if reading.doubt:
            self.fault(target, text, f"“{one_line(text)[:60]}” {reading.doubt}")

    def _take_source(self, target: str, cell: Cell, text: str) -> None:
        try:
            reading = read_source(text)
        except CellProblem as problem:
            self.fault(target, text, f"{problem}. Đơn vẫn nhập, nguồn đơn cần bổ sung")
            self.entry.notes.append(f"Nguồn đơn (sổ ghi): {text}")
            return
        self.entry.source = reading.source
        self.entry.source_body = self.entry.source_body or reading.body

    def _take_handling(self, target: str, cell: Cell, text: str) -> None:
        try:
            reading = read_handling(text)
        except CellProblem as problem:
            self.fault(target, text, f"{problem}. Đơn vẫn nhập ở tình trạng chưa xử lý")
            self.entry.notes.append(f"Hướng xử lý (sổ ghi): {text}")
            reading = HandlingReading("")
        self.entry.handling = reading.handling
        self.entry.destination = self.entry.destination or reading.destination

    def _take_destination(self, target: str, cell: Cell, text: str) -> None:
        self.entry.destination = "" if plain(text) in _NOBODY else text

    def _take_paper(self, target: str, cell: Cell, text: str) -> None:
        paper = read.split_paper(text)
        self.entry.paper = paper.number
        self.entry.handled_on = self.entry.handled_on or paper.on
        if paper.doubt:
            self.fault(target, text, f"{paper.doubt}. Đơn vẫn nhập, số văn bản giữ nguyên như sổ ghi")

    def _take_people(self, target: str, cell: Cell, text: str) -> None:
        try:
            self.entry.signatories = read.read_people(cell)
        except CellProblem as problem:
            self.fault(target, text, f"{problem}. Đơn vẫn nhập, tính là 1 người")

    def _take_instance(self, target: str, cell: Cell, text: str) -> None:
        words = plain(text)
        self.entry.instance = (
            2
            if re.search(r"\b(2|hai|ii|tiep)\b", words)
            else 1
            if re.search(r"\b(1|dau|i)\b", words)
            else None
        )

    def _take_result(self, target: str, cell: Cell, text: str) -> None:
        reading = read_result(text)
        if self.entry.settled is None:
            self.entry.settled = reading.settled
        self.entry.outcome = reading.outcome
        if reading.settled is None or len(text) > 30:
            self.entry.notes.append(f"{self.header.title(self.by_target[target])}: {text}")

    def _take_decision(self, target: str, cell: Cell, text: str) -> None:
        paper = read.split_paper(text)
        self.entry.decision, self.entry.settled_on = paper.number, self.entry.settled_on or paper.on
        self.entry.settled = True

    def _take_prior(self, target: str, cell: Cell, text: str) -> None:
        self.entry.prior_body = "" if plain(text) in _NOBODY else text

    def _take_text(self, target: str, cell: Cell, text: str) -> None:
        name = {"field": "field_name"}.get(target, target)
        setattr(self.entry, name, text if target == "content" else one_line(text))

    # ---- people

    def _add_people(self, person: Person) -> None:
        names = read.read_names(person.name)
        self.entry.anonymous = self.entry.anonymous or names.anonymous
        self.entry.signatories = self.entry.signatories or names.people
        person.name = names.names[0] if names.names else ""
        if any((person.name, person.address, person.id_number, person.phone)):
            self.entry.people.append(person)
        self.entry.people += [Person(name=name) for name in names.names[1:]]

    def _take_more(self, cells: list[Cell]) -> None:
        """A row merged with the one above it: another signatory, or more of the same text."""
        person = Person()
        for index, target in self.columns:
            text = text_of(cells[index]) if index < len(cells) else ""
            if text and target in PERSON_TARGETS:
                self._take_person(person, target, cells[index], text)
            elif text and target == "content" and text not in self.entry.content:
                self.entry.content = f"{self.entry.content}\n{text}".strip()
        if person.name and person.name != self.person.name:
            self._add_people(person)

    # ---- the row as a whole

    def _read_date(self, record: Record) -> None:
        index = self.by_target.get("received_on")
        if index is None:
            return
        cell, text = (record.cells[index], record.texts[index]) if index < len(record.cells) else ("", "")
        self.entry.received_on, doubt = read_received(
            cell, text, record.context.period, self.period, self.today
        )
        if doubt:
            self.fault("received_on", text, *doubt)

    def _complete(self, record: Record) -> None:
        entry = self.entry
        if "received_on" not in self.by_target:
            self.fault("received_on", "", "Sổ chưa có cột nào được chọn là “Ngày nhận đơn”", level=ERROR)
        if not entry.kind and not any(fault.target == "kind" for fault in entry.faults):
            self._default_kind(record)
        if not entry.content and not any(person.name for person in entry.people) and not entry.anonymous:
            self.fault(
                "content",
                "",
                "Không có cả nội dung đơn lẫn người viết đơn: bổ sung một trong hai",
                level=ERROR,
            )
        elif not entry.content:
            self.fault("content", "", "Chưa ghi nội dung đơn: đơn vẫn nhập, cần bổ sung")
        self._complete_people()
        self._complete_source()
        self._complete_handling()

    def _default_kind(self, record: Record) -> None:
        kind = record.context.kind or self.kind
        if kind:
            self.entry.kind = kind
            return
        message = "Chưa ghi loại đơn: ghi Khiếu nại, Tố cáo, Kiến nghị hoặc Phản ánh"
        start = plain(self.entry.content)[:60].removeprefix("don ")
        hint = next((label for word, label in _OPENINGS if start.startswith(word)), "")
        if hint and not self.has_kind:
            self._set_kind(read_kind(hint), "kind", "")
            message = f"Sổ không có cột loại đơn: đọc là “{hint}” theo câu đầu nội dung, cần xem lại (TT 05/2021 Đ6)"
            self.fault("kind", "", message, hint)
            return
        self.fault("kind", "", f"{message}; nội dung bắt đầu bằng “{hint}”" if hint else message, hint, ERROR)

    def _complete_people(self) -> None:
        entry = self.entry
        named = sum(1 for person in entry.people if person.name)
        if not named and not entry.anonymous:
            self.fault("name", "", "Chưa ghi người viết đơn: đơn vẫn nhập, coi là không rõ người viết")
            entry.anonymous = True
        entry.signatories = max(entry.signatories or 1, named, 1)

    def _complete_source(self) -> None:
        entry = self.entry
        if plain(entry.source_body) in _NOBODY:
            entry.source_body = ""
        if not entry.source and (entry.source_body or entry.source_paper):
            entry.source = "other_agency"

    def _complete_handling(self) -> None:
        entry = self.entry
        if not entry.handling:
            if entry.settled is not None:
                entry.handling = "accept"  # what is being settled has been accepted
            else:
                entry.handled_on = None
                return
        day, received = entry.handled_on, entry.received_on
        if day and received and not received <= day <= self.today:
            shown = short_date(day)
            where = "trước ngày nhận đơn" if day < received else "chưa đến"
            self.fault(
                "paper", shown, f"Ngày xử lý {shown} {where}: đơn vẫn nhập, ngày xử lý lấy theo ngày nhận đơn"
            )
            entry.handled_on = day = None
        if day is None:
            # The database asks for a day of what is handled; the record says that the register had none.
            entry.handled_on = received
            entry.notes.append("Sổ không ghi ngày xử lý: lấy theo ngày nhận đơn.")


_OPENINGS = (
    ("khieu nai", "Khiếu nại"), ("to cao", "Tố cáo"), ("kien nghi", "Kiến nghị"), ("phan anh", "Phản ánh"),
)  # fmt: skip

_READERS: dict[str, Callable[[EntryReader, str, Cell, str], None]] = {
    "written_on": EntryReader._take_written_on,
    "handled_on": EntryReader._take_day,
    "paper_on": EntryReader._take_day,
    "settled_on": EntryReader._take_day,
    "kind": EntryReader._take_kind,
    "source": EntryReader._take_source,
    "handling": EntryReader._take_handling,
    "destination": EntryReader._take_destination,
    "paper": EntryReader._take_paper,
    "people": EntryReader._take_people,
    "instance": EntryReader._take_instance,
    "result": EntryReader._take_result,
    "decision": EntryReader._take_decision,
    "prior_body": EntryReader._take_prior,
    "stt": EntryReader._take_text,
    "number": EntryReader._take_text,
    "source_body": EntryReader._take_text,
    "source_paper": EntryReader._take_text,
    "agency": EntryReader._take_text,
    "respondent": EntryReader._take_text,
    "content": EntryReader._take_text,
    "field": EntryReader._take_text,
}
