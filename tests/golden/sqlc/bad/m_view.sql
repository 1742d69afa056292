-- expect: sql/migrate/0002_x/01_x.sql:2: CREATE VIEW is not allowed in a migration
CREATE VIEW x AS SELECT name FROM person;
