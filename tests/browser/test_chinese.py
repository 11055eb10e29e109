"""The pages in Chinese: the lesson walked, no English left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.all_pages import SUBJECTS, walk
from tests.browser.conftest import OpenElsewhere, settle
from tests.browser.lesson_steps import is_solved, result, room

SCREENS = {"desk": (1280, 720), "phone": (390, 844)}
NAMES = ("像素", "通道", "大小", "共享", "代价", "训练", "答案")
# The article's eleven points, each at its stop.
POINTS = (
    ("把相邻的像素融合成特征",),
    (
        "1×1 卷积核融合同一个像素的各个通道",
        "和输入一样深",
        "输出有几张特征图，这一层就有几个卷积核",
    ),
    ("⌊(w − k + 2p) / s⌋ + 1",),
    ("权值共享节省参数",),
    ("H′·W′·K²·N·M", "两层 3×3 和一层 5×5 看得一样远"),
    (
        "三个带步长的卷积（配批归一化和 ReLU）和一个全连接层",
        "Adam 每一步把每个权重挪动一点，让交叉熵下降",
    ),
    ("argmax 取最大的一个：这就是写在数字图片上的预测结果",),
)
# What is read on the page and out of it, inside components too, but for code and for icons.
PASSED_OVER = "style, script, pre, code, [data-testid=stIconMaterial]"
_TEXTS = """([root, passedOver]) => {
    const texts = [];
    const isHidden = (one) => !one.host && parseFloat(getComputedStyle(one).fontSize) === 0;
    const walk = (node) => {
        if (node.shadowRoot) walk(node.shadowRoot);
        for (const one of node.childNodes) {
            if (one.nodeType === Node.TEXT_NODE && !isHidden(node)) texts.push(one.data.trim());
            if (one.nodeType !== Node.ELEMENT_NODE || one.matches(passedOver)) continue;
            texts.push(one.getAttribute("aria-label") ?? "");
            walk(one);
        }
    };
    walk(document.querySelector(root));
    return texts.filter(Boolean);
}"""
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
# What Streamlit, and its canvas, tell a screen reader, and have in English alone.
STREAMLITS = re.compile(
    r"^(Help for |Link to |Copy to |Choose an |Show/hide |Download as "
    r"|Open options|Close fullscreen"
    r"|file upload|Previous page|Next page|Bring |Send |Delete |Reset |Update the app)| icon$"
)


def is_at(page: Page, number: int) -> None:
    """Wait until a stop is open and drawn, in Chinese."""
    spoken = re.compile(f"^第 {number} 站：{NAMES[number - 1]}")
    expect(page.locator(".way a[aria-current]")).to_have_attribute("aria-label", spoken)
    settle(page)
    for point in POINTS[number - 1]:
        expect(page.locator(".st-key-lesson")).to_contain_text(point)
    assert not english_in(page, ".st-key-lesson")
    assert room(page)["wide"] <= 0


def english_in(page: Page, root: str) -> list[str]:
    """Return what is read in a part of the page, or out of it, and is in English."""
    texts = page.evaluate(_TEXTS, [root, PASSED_OVER])
    return [text for text in texts if ENGLISH.search(text) and not STREAMLITS.search(text)]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_lesson_is_walked_in_chinese(open_elsewhere: OpenElsewhere, screen: str) -> None:
    width, height = SCREENS[screen]
    page = open_elsewhere("lesson", locale="zh-CN", viewport={"width": width, "height": height})
    onward = page.locator(".way .next")

    is_at(page, 1)
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    page.get_by_role("button", name="卷积核 4，逐行：-1 0 1; -2 0 2; -1 0 1").click()
    expect(result(page)).to_contain_text("消失了")
    onward.click()

    is_at(page, 2)
    page.get_by_role("radio", name="576").click()
    expect(result(page)).to_contain_text("16 个卷积核，各有 4 个切片")
    onward.click()

    is_at(page, 3)
    page.get_by_role("slider", name="步长 s").press("ArrowRight")
    expect(result(page)).to_contain_text("现在是 2×2，与原文一致")
    onward.click()

    is_at(page, 4)
    page.get_by_role("radio", name="160", exact=True).click()
    expect(result(page)).to_contain_text("还是 160")
    onward.click()

    is_at(page, 5)
    page.get_by_role("radio", name="两层 3×3").click()
    page.get_by_role("button", name="测一测").click()
    expect(result(page)).to_contain_text("两层的用时是一层的")
    onward.click()

    is_at(page, 6)
    page.get_by_role("button", name="学一批").click()
    expect(page.get_by_text(re.compile("第 1 步，共 440 步"))).to_be_visible()
    onward.click()

    is_at(page, 7)
    expect(page.locator(".verdict output")).to_have_text("7")
    expect(page.locator(".remark")).to_have_text(re.compile("^MyNet 的把握："))
    for number in range(1, 5):
        is_solved(page, number)


@pytest.mark.parametrize("subject", [name for name in SUBJECTS if "lesson" not in name])
def test_a_page_has_no_english_left(open_elsewhere: OpenElsewhere, subject: str) -> None:
    left = {
        part: english_in(page, "[data-testid=stMain]")
        for part, page in walk(open_elsewhere, subject, locale="zh-CN")
    }

    assert not any(left.values()), left


@pytest.mark.usefixtures("finished_run")
def test_a_finished_run_has_no_english_left(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("training", locale="zh-CN")

    expect(page.get_by_label(re.compile("^损失随步数变化的图"))).to_be_visible()
    expect(page.get_by_test_id("stEChartsChart")).to_have_count(5)  # one in More settings
    settle(page)

    assert not english_in(page, "[data-testid=stMain]")


def test_a_place_for_files_speaks_chinese(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("prediction?network=~mynet&view=photo", locale="zh-CN")
    words = "e => getComputedStyle(e, '::after').content"
    place = page.get_by_test_id("stFileUploaderDropzone")

    expect(place).to_be_visible()
    assert place.locator("button p").evaluate(words) == '"选择文件"'
    told = place.get_by_test_id("stFileUploaderDropzoneInstructions").locator("span")
    assert told.evaluate(words) == '"不超过 20 MB"'
