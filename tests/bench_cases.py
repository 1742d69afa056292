"""A demo town whose people with cases stand there many times over: as many cases as the aim of the duties says, with the plans,
certifications and evidence that the product itself wrote for the first of them. For script/bench only; the folder is of no other use.

    bench_cases.py DATA_DIR CASES

Every copy has people, cases, centres and offices of its own and the one insurer. Evidence stands in the file in the order in which it
was recorded, one person's rows far from each other, as it does where many people write for years."""
import sqlite3, sys

STEP = 10_000_000  # between the ids of two copies
# What of a row is an id of which table: those columns move with the copy.
MOVED = {
    "org": ("id", "operator_org_id", "branch_of_org_id", "parent_org_id"),
    "staff": ("id",), "staff_post": ("id", "staff_id", "org_id"), "staff_licence": ("id", "staff_id"),
    "person": ("id", "cluster_id", "own_org_id"), "person_insurance": ("id", "person_id"), "certification": ("id", "person_id"),
    "disability_benefit": ("id", "person_id"), "access_grant": ("id", "org_id", "cluster_id", "via_id"),
    "care_case": ("id", "person_id", "org_id", "staff_id"), "commission": ("id", "person_id", "case_id", "org_id", "office_org_id"),
    "plan": ("id", "person_id", "org_id", "case_id", "staff_id", "author_org_id", "previous_id"),
    "plan_service": ("id", "person_id", "plan_id"), "plan_delivery": ("id", "person_id", "plan_id"), "provider_plan": ("id", "person_id", "plan_id"),
}
OF_PEOPLE = ("person", "person_insurance", "certification", "disability_benefit", "access_grant", "care_case", "commission", "plan", "plan_service",
             "plan_delivery", "provider_plan")
INSURER = "(SELECT id FROM org WHERE kind = 'insurer' AND id < 10000000)"


def columns(db, table):
    return [r[1] for r in db.execute(f"PRAGMA table_info({table})")]


def moved(table, name):
    if name == "pid":  # 26 letters and digits, each once
        return "substr(pid, 1, 20) || printf('%06d', :copy)"
    if name not in MOVED[table]:
        return name
    if name in ("id", "person_id", "cluster_id", "case_id", "plan_id", "via_id", "previous_id") or "org" not in name:
        return f"{name} + :copy * {STEP}"
    return f"CASE WHEN {name} > 0 AND {name} <> {INSURER} THEN {name} + :copy * {STEP} ELSE {name} END"


def which(table):
    if table == "org":
        return f"id < {STEP} AND kind <> 'insurer'"
    if table not in OF_PEOPLE:
        return f"id < {STEP}"
    person = {"person": "id", "access_grant": "cluster_id"}.get(table, "person_id")
    return f"id < {STEP} AND {person} IN (SELECT person_id FROM temp.with_case)"


def grow(path, cases):
    db = sqlite3.connect(path)
    db.executescript("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; PRAGMA temp_store = MEMORY")
    have = db.execute("SELECT COUNT(*) FROM care_case WHERE retired_ms IS NULL").fetchone()[0]
    copies = max(0, -(-cases // have) - 1)
    db.executescript("CREATE TEMP TABLE with_case AS SELECT DISTINCT p.id AS person_id FROM person p WHERE p.cluster_id IN"
                     " (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id);"
                     f"CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY);"
                     "CREATE TEMP TABLE said AS SELECT e.* FROM evidence e;")
    db.executemany("INSERT INTO copy VALUES (?)", ((i,) for i in range(1, copies + 1)))
    with db:
        for table in MOVED:
            names = columns(db, table)
            db.executemany(f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(moved(table, n) for n in names)} FROM {table} WHERE {which(table)}",
                           ({"copy": i} for i in range(1, copies + 1)))
        names = [n for n in columns(db, "evidence") if n != "id"]
        db.execute("DELETE FROM evidence")
        add = {"row_id": f"row_id + n * {STEP}", "person_id": f"person_id + n * {STEP}",
               "org_id": f"CASE WHEN org_id > 0 AND org_id <> {INSURER} THEN org_id + n * {STEP} ELSE org_id END"}
        db.execute(f"INSERT INTO evidence ({', '.join(names)}) SELECT {', '.join(names)} FROM"
                   f" (SELECT {', '.join(add.get(n, n) + ' AS ' + n for n in names)}, said.id AS was, n FROM temp.said,"
                   " (SELECT 0 AS n UNION ALL SELECT n FROM temp.copy) WHERE n = 0 OR person_id IN (SELECT person_id FROM temp.with_case))"
                   " ORDER BY recorded_ms, (was * 7919 + n * 104729) % 1000003")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    told = [db.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in ("care_case", "person", "plan", "evidence")]
    db.close()
    return dict(zip(("cases", "people", "plans", "evidence"), told))


if __name__ == "__main__":
    print(grow(sys.argv[1] + "/tsunagi.db", int(sys.argv[2])))
