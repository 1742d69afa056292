-- expect: sql/migrate/0002_x/01_x.sql:2: CREATE TRIGGER is not allowed in a migration
CREATE TRIGGER x AFTER INSERT ON person BEGIN SELECT 1; END;
