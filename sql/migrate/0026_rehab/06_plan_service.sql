-- Rehabilitation services of plans are found by their kind (C-203).
CREATE INDEX plan_service_type ON plan_service(type_code, plan_id);
