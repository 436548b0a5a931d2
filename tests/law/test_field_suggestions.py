"""The proposal for a field: from a table of words, never certain, never in the way."""

import pytest

from kntc.law.catalogue import suggest_field


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("Khiếu nại quyết định thu hồi đất của UBND xã Ia Phí", "complaint", "land.recovery"),
        ("Không đồng ý đơn giá bồi thường về đất khi giải phóng mặt bằng", "complaint", "land.compensation"),
        ("Chậm cấp giấy chứng nhận quyền sử dụng đất cho hộ gia đình", "reflection", "land.certificate"),
        ("Cap giay chung nhan quyen su dung dat cham", "reflection", "land.certificate"),
        ("Hồ sơ đề nghị công nhận thương binh chưa được xem xét", "complaint", "policy.merit"),
        ("Công ty chậm đóng BHXH cho người lao động", "reflection", "policy.insurance"),
        ("Trại heo xả thải, mùi hôi bốc lên cả thôn", "reflection", "environment"),
        ("Nhà hàng xóm xây dựng không phép, không có giấy phép xây dựng", "reflection", "construction"),
        ("Hiệu trưởng thu tiền học sinh ngoài quy định", "denunciation", "education"),
        ("Chấp hành viên chậm thi hành án dân sự", "complaint", "judicial.enforcement"),
        ("Chủ tịch xã lợi dụng chức vụ bán đất công", "denunciation", "corruption.abuse"),
        ("Kế toán lập khống chứng từ thanh toán", "denunciation", "corruption.embezzlement"),
        ("Cán bộ thuế vòi tiền doanh nghiệp", "denunciation", "corruption.bribery"),
        ("Công chức một cửa có thái độ hách dịch", "reflection", "service.conduct"),
    ],
)
def test_words_propose_a_field(text, kind, code):
    found, confidence = suggest_field(text, kind)
    assert found == code
    assert 0 < confidence <= 1


def test_corruption_is_not_proposed_for_a_complaint():
    assert suggest_field("Khiếu nại cán bộ nhận hối lộ", "complaint")[0] != "corruption.bribery"
    assert suggest_field("Tố cáo cán bộ nhận hối lộ", "denunciation")[0] == "corruption.bribery"


@pytest.mark.parametrize("text", ["", "   ", "Kính gửi quý cơ quan", "1234 ???", "Xin cảm ơn"])
def test_nothing_is_proposed_where_no_word_speaks(text):
    assert suggest_field(text) == ("", 0.0)


def test_more_words_make_surer():
    weak = suggest_field("Về việc đền bù")[1]
    strong = suggest_field("Về việc đền bù, phương án bồi thường, hỗ trợ tái định cư, giải phóng mặt bằng")[1]
    assert weak < strong


def test_mixed_words_make_less_sure():
    clear = suggest_field("Ô nhiễm môi trường do xả thải")[1]
    mixed = suggest_field("Ô nhiễm môi trường do xả thải, chậm cấp giấy chứng nhận quyền sử dụng đất")[1]
    assert mixed < clear


def test_the_title_weighs_more_than_the_end():
    text = "Đền bù khi làm đường. " + "Xin trình bày sự việc. " * 20 + "Nước ao bị ô nhiễm."
    assert suggest_field(text)[0] == "land.compensation"


def test_a_keyword_is_a_whole_word():
    assert suggest_field("Bà Thu Hồi Đạt gửi đơn")[0] == "land.recovery"  # folded, the name reads so
    assert suggest_field("Hội thuế")[0] == "finance"
    assert suggest_field("thuếxyz") == ("", 0.0)


def test_a_word_said_many_times_counts_once():
    assert suggest_field("thuế") == suggest_field("thuế " * 50)
