-- 原案委託: the office looks at its load before it takes one (居宅基準13条26号), and when the work begins.
ALTER TABLE commission ADD COLUMN start_on TEXT; -- [day] 委託の始まりの日
ALTER TABLE commission ADD COLUMN load_checked_on TEXT; -- [day] 事業所が業務の量を確かめた日
