"""A grammar of everyday Japanese, written for nnlab, and sentences drawn from it.

Verbs stand by the stem of their polite form, so that every ending fits every verb, and each verb only takes what can be
done with it.
"""

import random
import re
from bisect import bisect
from collections.abc import Callable
from functools import cache
from itertools import accumulate

MOST = 200_000
"""Sentences that are drawn at most; the grammar has many more."""

GRAMMAR: dict[str, str] = {
    "文": "{日常} | {移動} | {天気} | {様子} | {事実} | {理由} | {発言} | {時間} | {好み} | {比較}",
    "日常": "{過去}、{人}は{場所}で{動作}{過去終} | {未来}、{人}は{場所}で{動作}{終} | {人}は{場所}で{動作}{今終} | "
    "{人}は{人}と{場所}で{動作}{過去終} | {未来}、{人}は{動作}{終} | {過去}、{場所}で{人}が{動作}{過去終}",
    "動作": "{食べ物}を食べ | {飲み物}を飲み | {読み物}を読み | {音}を聞き | {見る物}を見 | {品物}を買い "
    "| {書く物}を書き | {学ぶ物}を勉強し | {作る物}を作り | {品物}を探し | {運動}をし | {人}を待ち",
    "過去終": "ました。 | ませんでした。",
    "終": "ます。 | ません。 | たいと思っています。",
    "今終": "ます。 | たがっています。 | ません。",
    "移動": "{過去}、{人}は{乗り物}で{行き先}へ{行く}{過去終} | {人}は{未来}、{乗り物}で{行き先}へ{行く}{終} | "
    "{未来}、{人}と{人}は{行き先}へ{行く}{終} | {町}から{町}まで{乗り物}で{数}時間かかります。",
    "行く": "行き | 出かけ | 帰り | 向かい",
    "天気": "{日}の{町}は{空}です。 | 今日は{空}ですが、明日は{空}でしょう。 | {季節}の{町}は{温度}です。 | "
    "{町}では{日}から{降る物}が降っています。 | 昨日の朝、{町}に{降る物}が降りました。",
    "様子": "{人}の{物}は{とても}{形容}です。 | この{物}は{とても}{形容}です。 | {場所}は{とても}{場所形容}です。 | "
    "{人}は{とても}{人形容}人です。 | {町}の{場所}は{場所形容}です。",
    "事実": "{首都文}。 | {人}は{国}の言葉を学びます。 | {自然}。 | {人}は{首都文}と{答える} | {人}は{自然}と{答える}",
    "答える": "答えました。 | 習いました。 | 知っています。 | 言いました。 | 聞きました。",
    "首都文": "日本の首都は東京だ | フランスの首都はパリだ | イギリスの首都はロンドンだ | イタリアの首都はローマだ | "
    "ドイツの首都はベルリンだ | 中国の首都は北京だ | 韓国の首都はソウルだ | スペインの首都はマドリードだ | "
    "タイの首都はバンコクだ | エジプトの首都はカイロだ | カナダの首都はオタワだ | インドの首都はニューデリーだ",
    "自然": "春のあとに夏が来る | 秋のあとに冬が来る | 太陽は東から昇る | 一年は十二か月だ | 一週間は七日だ | "
    "月は地球のまわりを回っている | 水は零度で凍る | 鳥は空を飛ぶ",
    "理由": "{天気理由}ので、{人}は{場所}で{動作}ました。 | {体調}ので、{人}は{場所}で休みました。 | "
    "{天気理由}から、{人}は{行き先}へ行きませんでした。 | {人}は{天気理由}ので、{動作}ませんでした。",
    "天気理由": "雨が降った | 雪が降った | 天気がよかった | とても寒かった | とても暑かった | 風が強かった | "
    "朝早く起きた | 時間があった",
    "体調": "頭が痛かった | 熱があった | とても疲れた | 足が痛かった | 少し眠かった",
    "発言": "{人}は「{未来}、{動作}たいです」と言いました。 | {人}は{人}に「{動作}ましたか」と聞きました。 | "
    "「{場所}は{場所形容}ですね」と{人}が言いました。 | {人}は{人}に「{行き先}へ行きましょう」と言いました。",
    "時間": "{場所}は{時刻}に開きます。 | {人}は毎日{時刻}に起きます。 | {人}は{時刻}から{場所}で働きます。 | "
    "{乗り物}は{時刻}に{町}を出ます。 | {過去}、{人}は{時刻}に{場所}で{人}に会いました。",
    "好み": "{人}は{好物}が{好き}です。 | {人}は{好物}より{好物}のほうが{好き}です。 | "
    "{人}の好きな物は{好物}と{好物}です。 | {人}は{運動}が{得意}です。",
    "好き": "好き | 大好き | 苦手",
    "得意": "得意 | 上手 | 好き | 苦手",
    "比較": "{町}は{町}より{場所形容}です。 | {人}は{人}より背が高いです。 | {町}は{町}より{温度}です。 | "
    "{人}の{物}は{人}の{物}より{形容}です。",
    "人": "私 | 先生 | 友だち | 母 | 父 | 学生 | 兄 | 姉 | 弟 | 妹 | 田中さん | 山田さん | 子ども | 祖母 | 祖父 | "
    "佐藤さん | 医者 | 隣の人 | 店員 | 鈴木さん | 駅員 | 旅行者",
    "過去": "昨日 | 先週 | 昨日の夜 | 日曜日 | おととい | 去年の夏 | 先月 | 土曜日 | 昨日の朝 | 去年の冬",
    "未来": "今日 | 明日 | 来週 | 夏休み | 明日の朝 | 今夜 | 来月 | 週末 | 昼休み | 来年の春",
    "日": "今日 | 昨日 | 日曜日 | 月曜日 | 週末",
    "場所": "家 | 学校 | 図書館 | 駅 | 公園 | 喫茶店 | 教室 | 大学 | 食堂 | 庭 | 会社 | 病院 | 本屋 | 市場 | "
    "美術館 | 海辺",
    "行き先": "学校 | 駅 | 海 | 山 | 図書館 | 東京 | 京都 | 病院 | 友だちの家 | 大阪 | 温泉 | 動物園 | 札幌 | 空港",
    "町": "東京 | 京都 | 大阪 | 札幌 | 名古屋 | 福岡 | 金沢 | 小松 | 仙台 | 横浜 | 奈良 | 広島",
    "乗り物": "電車 | バス | 自転車 | 車 | 新幹線 | 船 | 飛行機 | 地下鉄",
    "食べ物": "ご飯 | パン | りんご | 魚 | 寿司 | そば | 卵 | みかん | カレー | 野菜 | 果物 | うどん | 団子",
    "飲み物": "お茶 | 水 | コーヒー | 牛乳 | 紅茶 | ジュース | みそ汁",
    "読み物": "本 | 新聞 | 小説 | 手紙 | 雑誌 | 詩 | 地図 | 古い本",
    "音": "音楽 | 歌 | ラジオ | 話 | 鳥の声 | 雨の音 | ピアノの音",
    "見る物": "映画 | 空 | 花 | 星 | 写真 | 絵 | 月 | 桜 | 海 | 試合",
    "品物": "本 | 花 | かばん | 靴 | 時計 | 帽子 | 切符 | 傘 | ノート | 鉛筆 | お菓子 | 眼鏡",
    "書く物": "手紙 | 日記 | 名前 | 作文 | 詩 | 答え | 計画",
    "学ぶ物": "英語 | 数学 | 歴史 | 音楽 | 中国語 | 科学 | 地理 | 漢字",
    "作る物": "料理 | 弁当 | 椅子 | お菓子 | 人形 | 計画 | 模型",
    "運動": "散歩 | 掃除 | テニス | 野球 | 水泳 | 体操 | サッカー | 洗濯 | 仕事",
    "好物": "{食べ物} | {飲み物} | 犬 | 猫 | 夏 | 海 | 旅行 | 音楽 | 花",
    "物": "かばん | 部屋 | 本 | 靴 | 車 | 傘 | 机 | 時計 | 帽子 | 自転車 | 写真 | 犬 | 猫",
    "とても": "とても | 少し | 本当に | いつも",
    "形容": "大きい | 新しい | 古い | きれい | 小さい | 白い | 黒い | 軽い | 重い | 高い",
    "場所形容": "静か | にぎやか | 広い | きれい | 明るい | 有名 | 便利 | 近い | 暗い",
    "人形容": "やさしい | 明るい | まじめな | おもしろい | 静かな | 親切な | 忙しい",
    "空": "晴れ | 雨 | 曇り | 雪 | いい天気 | 大雨",
    "降る物": "雨 | 雪 | 強い雨 | 小雨",
    "季節": "春 | 夏 | 秋 | 冬",
    "温度": "暑い | 寒い | 暖かい | 涼しい",
    "国": "日本 | フランス | イギリス | 中国 | 韓国 | ドイツ | イタリア | スペイン | タイ | インド",
    "数": "二 | 三 | 五 | 十 | 四 | 六 | 七 | 八",
    "時刻": "{時間数}時 | {時間数}時半 | {時間数}時十五分",
    "時間数": "七 | 八 | 九 | 十 | 六 | 十一 | 五 | 十二 | 一 | 二",
}
"""Rules: a name, and what it may become, the frequent first; a name in braces stands for what it becomes."""

_PART = re.compile(r"\{(\w+)\}")


@cache
def _rules() -> dict[str, tuple[list[float], list[list[str]]]]:
    """For each name the running sum of its alternatives' weights, and their parts: texts and names in turn.

    The alternative at rank r weighs 1/r, but sentence patterns weigh alike: so words are as unequally frequent as in
    real text (Zipf 1949).
    """
    rules = {}
    for name, text in GRAMMAR.items():
        alternatives = [each.strip() for each in text.split(" | ")]
        weights = [1.0 if name == "文" else 1 / rank for rank in range(1, len(alternatives) + 1)]
        rules[name] = list(accumulate(weights)), [_PART.split(each) for each in alternatives]
    return rules


def sentences(count: int, seed: int = 0) -> list[str]:
    """Draw `count` distinct sentences, the same for the same seed. Raises ValueError above 200,000."""
    if not 0 <= count <= MOST:
        raise ValueError(f"{count} sentences; between 0 and {MOST} can be drawn")
    chance = random.Random(seed).random
    found: dict[str, None] = {}
    while len(found) < count:
        found[_drawn("文", chance, {})] = None
    return list(found)


def _drawn(name: str, chance: Callable[[], float], said: dict[str, str]) -> str:
    """Draw what a name becomes; a noun that was `said` just before is drawn anew, so that nothing is beside itself."""
    sums, alternatives = _rules()[name]
    while True:
        parts = alternatives[bisect(sums, chance() * sums[-1])]
        if len(parts) > 1:
            return "".join(_drawn(part, chance, said) if index % 2 else part for index, part in enumerate(parts))
        if said.get(name) != parts[0] or len(alternatives) < 3:
            said[name] = parts[0]
            return parts[0]


def variety() -> int:
    """Count the ways to draw a sentence; a few of them lead to the same one."""

    @cache
    def ways(name: str) -> int:
        total = 0
        for parts in _rules()[name][1]:
            product = 1
            for part in parts[1::2]:
                product *= ways(part)
            total += product
        return total

    return ways("文")
