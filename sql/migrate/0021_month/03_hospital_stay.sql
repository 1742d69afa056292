-- The additions of a month ask for the stays of one organisation.
CREATE INDEX hospital_stay_org ON hospital_stay(org_id, admitted_on);
