#!/usr/bin/env python3
"""Scans of a record, by the example of a consent, without script: adding, opening, taking a copy, bin and back; place data of a
photo is gone; what is too large, of another type or cut is refused with a sentence; nothing half written; the same POST twice;
two tabs; who may see. Usage: test_attach.py TSUNAGI PERSON_HOUSE"""
import os, pathlib, re, sqlite3, struct, sys, zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from register_house import RegisterHouse, main

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n42\n%%EOF\n"


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg():
    """A picture with Exif that says where it was taken."""
    def segment(kind, data):
        return b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data
    ifd = struct.pack("<HHHII", 1, 0x8825, 4, 1, 26) + struct.pack("<I", 0)
    gps = struct.pack("<HHHI4s", 1, 1, 2, 2, b"N\0\0\0") + struct.pack("<I", 0)
    exif = b"Exif\0\0II*\0\x08\0\0\0" + ifd + gps + b"GPS-35.6895-139.6917 TESTCAMERA"
    return (b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + segment(0xE1, exif) + segment(0xDB, b"\0" + bytes(range(1, 65)))
            + segment(0xC0, b"\x08\0\x08\0\x08\x01\x01\x11\0") + segment(0xC4, b"\0\x01" + bytes(15) + b"\0") + segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x2a" + b"\xff\xd9")


class Attach(RegisterHouse):
    def consent(self, name, kana):
        pid = self.make(name=name, kana=kana, birth="S8.8.8", home_address="見本市中央5-5")
        head = self.browser("osa")
        head.submit(self.form(head, f"/persons/{pid}", f"/persons/{pid}/charges"))
        action = f"/persons/{pid}/consents"
        form = self.form(head, action + "/new", action)
        r = head.submit(form.set("org", self.ids["office"]).set("classes", ["care"]).set("purpose", "care_plan").set("how", "paper").set("agreed_by", "self"))
        self.assertEqual(r.status, 200, r.text[:600])
        cpid = next(re.fullmatch(action + "/([0-9a-z]{26})", l) for l in r.page.links if re.fullmatch(action + "/[0-9a-z]{26}", l)).group(1)
        return pid, cpid, f"/persons/{pid}/attach/consent/{cpid}"

    def send(self, c, form, body, name="scan.pdf", **fields):
        for k, v in fields.items():
            form.set(k, v)
        edge = "x" * 30
        parts = b"".join(f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in form.fields)
        parts += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'.encode() + body + f"\r\n--{edge}--\r\n".encode()
        return c.request("POST", form.action, parts, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def count(self, table, where="1=1"):
        db = sqlite3.connect(f"file:{self.dir}/data/tsunagi.db?mode=ro", uri=True, timeout=20)
        try:
            return db.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]
        finally:
            db.close()

    def files(self):
        return sorted(p.name for p in pathlib.Path(self.dir, "data", "files").rglob("*") if p.is_file())

    def links(self, r):
        return [l for l in r.page.links if re.fullmatch("/attachments/[0-9a-z]{26}", l)]

    def test_several_files_and_back_from_the_bin(self):
        pid, cpid, url = self.consent("添付 一", "テンプ イチ")
        c = self.browser("osa")
        self.assertIn(url, c.get(f"/persons/{pid}/consents/{cpid}").page.links, "the consent leads there")
        r = self.send(c, self.form(c, url, url), PDF, kind="consent", title="同意書 第2版", taken_on="R8.11.1", note="原本は鍵のある棚")
        self.assertEqual(r.status, 200, r.text[:600])
        r = self.send(c, self.form(c, url, url), png(), "b.png", kind="opinion")
        r = self.send(c, self.form(c, url, url), jpeg(), "c.jpg", kind="photo", title="写真")
        self.assertEqual(r.status, 200, r.text[:600])
        for word in ("同意書 第2版", "原本は鍵のある棚", "主治医意見書", "PDF", "PNG", "JPEG"):
            self.assertIn(word, r.text)
        first, second, third = self.links(r)
        got = c.get(first)
        self.assertEqual((got.body, got.headers["content-type"]), (PDF, "application/pdf"))
        self.assertTrue(got.headers["content-disposition"].startswith("inline"))
        self.assertTrue(c.get(first + "/copy").headers["content-disposition"].startswith("attachment"))
        photo = c.get(third)
        self.assertEqual(photo.headers["content-type"], "image/jpeg")
        for trace in (b"GPS", b"TESTCAMERA", b"35.68"):
            self.assertIn(trace, jpeg())
            self.assertNotIn(trace, photo.body, "where the photo was taken is gone")
        looks = sqlite3.connect(next(pathlib.Path(self.dir, "data").glob("access-*.db")))
        seen = looks.execute("SELECT count(*) FROM look_entry WHERE what LIKE 'attach.%'").fetchone()[0]
        looks.close()
        self.assertGreaterEqual(seen, 3, "every look is in the log")
        # to the bin and back
        ask = first + "/retire"
        r = c.submit(self.form(c, ask, ask).set("reason", ""))
        self.assertEqual(r.status, 422)
        r = c.submit(next(f for f in r.page.forms if f.action == ask).set("reason", "ちがう書類"))
        self.assertEqual(len(self.links(r)), 2)
        self.assertEqual(c.get(first).status, 404)
        back = next(f for f in c.get(f"/bin?person={pid}").page.forms if f.action.startswith("/bin/"))
        self.assertEqual(c.submit(back).status, 200)
        self.assertEqual(c.get(first).body, PDF)
        # with the consent in the bin its files are away; they come back with it
        gone = f"/persons/{pid}/consents/{cpid}/retire"
        r = c.submit(self.form(c, gone, gone).set("reason", "まちがい"))
        self.assertEqual((c.get(first).status, c.get(url).status), (404, 404))
        c.submit(next(f for f in r.page.forms if f.action.startswith("/undo/trash/")))
        self.assertEqual(c.get(first).body, PDF)

    def test_what_cannot_be_kept(self):
        pid, cpid, url = self.consent("添付 二", "テンプ ニ")
        c = self.browser("osa")
        before = self.files(), self.count("attachment"), self.count("stored_file"), self.count("revision")
        for body, name, says in ((b"%PDF-1.4\n" + b"x" * (9 << 20) + b"startxref\n%%EOF", "big.pdf", "ファイルが大きすぎます（9.0 MB）。1つ8.0 MBまで"),
                                 ("ただの文".encode(), "text.pdf", "PDF・JPEG・PNG"), (b"<html><script>alert(1)</script>", "x.png", "PDF・JPEG・PNG"),
                                 (b"PK\x03\x04" + bytes(50), "a.pdf", "PDF・JPEG・PNG"), (PDF[:60], "cut.pdf", "途中で切れている"), (png()[:40], "cut.png", "途中で切れている"),
                                 (jpeg()[:60], "cut.jpg", "途中で切れている"), (b"", "none.pdf", "ファイルを選んでください")):
            r = self.send(c, self.form(c, url, url), body, name, kind="other", note="書きかけの備考")
            self.assertEqual(r.status, 422, name)
            self.assertIn(says, r.text, name)
            self.assertIn("書きかけの備考", r.page.html, "what was typed stays")
            self.assertIn('href="#f-file"', r.page.html)
        r = self.send(c, self.form(c, url, url), PDF, kind="other", taken_on="R30.1.1")
        self.assertEqual(r.status, 422)
        self.assertEqual((self.files(), self.count("attachment"), self.count("stored_file"), self.count("revision")), before, "nothing half written")
        self.assertEqual(self.send(c, self.form(c, url, url), bytes(20 << 20), kind="other").status, 413)

    def test_twice_and_two_tabs(self):
        pid, cpid, url = self.consent("添付 三", "テンプ サン")
        c = self.browser("osa")
        one, two = self.form(c, url, url), self.form(c, url, url)
        for _ in range(2):
            self.assertEqual(self.send(c, one, PDF, kind="consent", title="一度だけ").status, 200)
        self.assertEqual(len(self.links(c.get(url))), 1, "the same POST twice is one file")
        r = self.send(c, two, PDF, kind="delivered", title="別のタブから")
        self.assertEqual(len(self.links(r)), 2)

    def test_words_can_be_mended(self):
        pid, cpid, url = self.consent("添付 五", "テンプ ゴ")
        c = self.browser("osa")
        link = self.links(self.send(c, self.form(c, url, url), PDF, kind="consent", title="同意書", note="棚"))[0]
        self.assertIn(link + "/edit", c.get(url).page.links)
        form = self.form(c, link + "/edit", link)
        r = c.submit(form.set("taken_on", "R30.1.1").set("title", "同意書 第3版"))
        self.assertEqual(r.status, 422)
        back = next(f for f in r.page.forms if f.action == link)
        self.assertEqual((back.get("title"), back.get("taken_on")), ("同意書 第3版", "R30.1.1"))
        r = c.submit(back.set("taken_on", "R8.11.1").set("kind", "delivered"))
        self.assertEqual(r.status, 200, r.text[:400])
        for word in ("同意書 第3版", "交付控え"):
            self.assertIn(word, r.text)
        self.assertEqual(c.get(link).body, PDF, "the file is the same")
        # two people: other fields join, the same is asked
        fa, fb = self.form(c, link + "/edit", link), self.form(c, link + "/edit", link)
        self.assertEqual(c.submit(fa.set("note", "鍵のある棚")).status, 200)
        r = c.submit(fb.set("title", "重要事項の同意書"))
        self.assertIn("鍵のある棚", r.text)
        self.assertIn("重要事項の同意書", r.text)
        fa, fb = self.form(c, link + "/edit", link), self.form(c, link + "/edit", link)
        self.assertEqual(c.submit(fa.set("title", "同意書（本人）")).status, 200)
        r = c.submit(fb.set("title", "同意書（代筆）"))
        self.assertEqual(r.status, 409)
        for word in ("書類の名前", "同意書（本人）", "同意書（代筆）"):
            self.assertIn(word, r.text)
        # the story, word by word
        r = c.get(link + "/history")
        self.assertEqual(r.status, 200)
        for word in ("登録", "書類の名前", "書類の種類", "同意書 → 交付控え", "鍵のある"):
            self.assertIn(word, r.text)
        # who only sees may read the story and mends nothing
        cm, north = self.browser("midori"), self.browser("kita")
        self.assertEqual((cm.get(link + "/history").status, cm.get(link + "/edit").status), (200, 403))
        self.assertEqual((north.get(link + "/history").status, north.get(link + "/edit").status), (404, 404))

    def test_who_may(self):
        pid, cpid, url = self.consent("添付 四", "テンプ ヨン")
        c, cm, north = self.browser("osa"), self.browser("midori"), self.browser("kita")
        link = self.links(self.send(c, self.form(c, url, url), PDF, kind="consent"))[0]
        r = cm.get(url)
        self.assertEqual(r.status, 200, "the office with the consent sees the class")
        self.assertFalse([f for f in r.page.forms if f.action == url], "but adds nothing")
        self.assertEqual(cm.get(link).body, PDF)
        self.assertEqual((cm.get(link + "/copy").status, cm.get(link + "/retire").status), (403, 403))
        for path in (url, link, link + "/copy", link + "/retire"):
            self.assertEqual(north.get(path).status, 404, path)
        self.assertEqual(c.get(url.replace("/consent/", "/person/")).status, 404, "no kind that has files")
        other = self.make(name="添付 別人", kana="テンプ ベツジン", birth="S9.9.9", home_address="見本市中央5-6")
        self.assertEqual(c.get(url.replace(pid, other)).status, 404)
        c.submit(self.form(c, f"/persons/{pid}/consents/{cpid}/withdraw", f"/persons/{pid}/consents/{cpid}/withdraw").set("how", "oral").set("note", "本人の希望"))
        self.assertEqual(cm.get(link).status, 404, "with the consent the look at its paper ends")
        self.assertEqual(c.get(link).body, PDF)


if __name__ == "__main__":
    main(__doc__)
