"""A round of a survey put into the tables of the outside front by hand, as region/survey_round does it: the tests of the front stand on it
without the pages of surveys. Links are hashed as src/region/front.c does it."""
import hashlib, json, secrets, sqlite3

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
SC = {"source": "test", "confidence": "A"}


def pid():
    return "".join(secrets.choice(LETTERS) for _ in range(26))


def yes_no(a="はい", b="いいえ"):
    return [{"code": "1", "label": a}, {"code": "2", "label": b}]


FORM = {"sections": [
    {"id": "s1", "label": "研修", "items": [
        {"id": "q1", "no": "1", "type": "code", "label": "この四半期に研修をしましたか", "required": "form", "options": yes_no("した", "していない"), **SC},
        {"id": "q2", "no": "2", "type": "codes", "label": "だれに向けた研修でしたか", "help": "いくつでも選べます。", "shown_when": "q1 = '1'", "required": "form",
         "options": [{"code": "1", "label": "事業所の職員"}, {"code": "2", "label": "住民"}, {"code": "9", "label": "その他"}], **SC},
        {"id": "q2_other", "type": "text", "label": "その他の内容", "shown_when": "has(q2, '9')", **SC},
        {"id": "q3", "no": "3", "type": "int", "label": "研修の回数", "unit": "回", "min": 0, "max": 999, "shown_when": "q1 = '1'", **SC},
        {"id": "q4", "no": "4", "type": "memo", "label": "しなかった理由", "shown_when": "q1 = '2'", **SC}]},
    {"id": "s2", "label": "そのほか", "items": [
        {"id": "q5", "no": "5", "type": "date", "label": "次の研修の予定日", "future": True, **SC},
        {"id": "q6", "no": "6", "type": "memo", "label": "ご意見", "max_length": 400, **SC}]}]}
META = {"name": "研修の調査", "short_name": "研修", "notice": "なし", "source": "test", "confidence": "A", "kind": "answers", "class": "statistics",
        "retention_years": 5, "retention_source": "test"}


def derived(link_key, purpose, link):
    sub = hashlib.blake2b(purpose.encode(), key=bytes.fromhex(link_key), digest_size=32).digest()
    return hashlib.blake2b(link.encode(), key=sub, digest_size=32).digest()


class Round:
    """Written into DATA while no server runs on it, or with one."""

    def __init__(self, data, anonymous=False, seats=3, outside=False, **more):
        self.data, self.key, self.link_key, self.anonymous = data, pid(), secrets.token_hex(32), anonymous
        row = {"pid": pid(), "version": 1, "key": self.key, "title": "研修についての調査", "round_name": "令和8年度 第3四半期", "sender": "青葉市 高齢福祉課",
               "greeting": "日ごろからご協力をありがとうございます。\n次のことを教えてください。", "contact": "青葉市 高齢福祉課（電話 00-0000-0000）",
               "is_anonymous": int(anonymous), "period_from": "2026-10-01", "period_to": "2026-12-31", "opens_on": "2026-11-10", "closes_on": "2026-11-30",
               "form_id": "survey-test", "form_version": "2026-11-01", "form": json.dumps(FORM, ensure_ascii=False), "rules": '{"rules":[]}',
               "meta": json.dumps(META, ensure_ascii=False), "sha256": "", "link_key": self.link_key, "is_outside": int(outside),
               "created_ms": 0, "created_by": 0, "updated_ms": 0, "updated_by": 0, **more}
        self.seats, self.links = [], []
        with self.db() as db:
            self.id = db.execute(f"INSERT INTO front_round ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())).lastrowid
        for i in range(seats):
            self.seat(i)

    def db(self):
        return sqlite3.connect(f"{self.data}/tsunagi.db", timeout=20)

    def seat(self, i, prefill=""):
        key = pid()
        with self.db() as db:
            db.execute("INSERT INTO front_seat (round_id, key, serial, label, prefill) VALUES (?, ?, ?, ?, ?)",
                       (self.id, key, i + 1, "" if self.anonymous else f"第{i + 1}地域包括支援センター", prefill))
        self.seats.append(key)
        self.links.append(self.link(i))

    def link(self, i):
        """A fresh one; older ones of the seat are replaced."""
        link = pid()
        with self.db() as db:
            seat = db.execute("SELECT id FROM front_seat WHERE key = ?", (self.seats[i],)).fetchone()[0]
            db.execute("UPDATE front_token SET is_replaced = 1 WHERE seat_id = ?", (seat,))
            db.execute("INSERT INTO front_token (hash, seat_id) VALUES (?, ?)", (self.hash(link), seat))
        return link

    def hash(self, link):
        return derived(self.link_key, "survey-link", link).hex()

    def draft_id(self, link):
        return int.from_bytes(derived(self.link_key, "survey-draft-name", link)[:8], "little") >> 1

    def set(self, **v):
        with self.db() as db:
            db.execute(f"UPDATE front_round SET {', '.join(k + ' = ?' for k in v)} WHERE id = ?", [*v.values(), self.id])


if __name__ == "__main__":  # front_house.py DATA [anonymous]: a round in a house that is there; its links
    import sys
    print(json.dumps(Round(sys.argv[1], anonymous="anonymous" in sys.argv[2:]).links))
