-- What a meeting agreed to about monitoring by テレビ電話 (居宅基準13条14号, 予防基準30条16号; R-CM-13-14-tvcond): the three things, and the doctor.
ALTER TABLE care_meeting ADD COLUMN tv_stable INTEGER NOT NULL DEFAULT 0; -- [bool] 状態が安定している
ALTER TABLE care_meeting ADD COLUMN tv_able INTEGER NOT NULL DEFAULT 0; -- [bool] テレビ電話で意思疎通できる
ALTER TABLE care_meeting ADD COLUMN tv_informed INTEGER NOT NULL DEFAULT 0; -- [bool] 画面で分からない情報を担当者から得る
ALTER TABLE care_meeting ADD COLUMN tv_doctor TEXT NOT NULL DEFAULT ''; -- [text] 主治医の意見をどう確かめたか
