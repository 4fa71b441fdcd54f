BEGIN TRANSACTION;
CREATE TABLE areas (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	name TEXT, 
	level TEXT, 
	kind TEXT, 
	parent_id TEXT, 
	population BIGINT, 
	population_year BIGINT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE assessments (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	actor TEXT, 
	week TEXT, 
	place_id TEXT, 
	area TEXT, 
	verdict TEXT, 
	trend TEXT, 
	problem TEXT, 
	nothing_to_report BOOLEAN, 
	given_orally BOOLEAN, 
	revision BIGINT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	action TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,1794805201000000,'upgrade','','','{"schema_from":0,"schema_to":1}');
INSERT INTO "audit" VALUES(2,1794805202000000,'load','b0001','','{"n_new":4,"n_changed":0,"n_unchanged":0,"n_rejected":2,"n_refused":0,"revision":1}');
INSERT INTO "audit" VALUES(3,1794805203000000,'load','b0002','','{"n_new":0,"n_changed":2,"n_unchanged":0,"n_rejected":0,"n_refused":0,"revision":2}');
INSERT INTO "audit" VALUES(4,1794805204000000,'load','b0003','','{"n_new":1,"n_changed":0,"n_unchanged":0,"n_rejected":0,"n_refused":0,"revision":3}');
INSERT INTO "audit" VALUES(5,1794805205000000,'undo','b0003','','{"n_removed":1,"n_restored":0,"revision":4}');
INSERT INTO "audit" VALUES(6,1794805206000000,'run','r1','','{"n_hotspots":1,"n_recommendations":1}');
CREATE TABLE batches (
	seq INTEGER NOT NULL, 
	batch_id TEXT NOT NULL, 
	frame TEXT NOT NULL, 
	state TEXT NOT NULL, 
	source TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	mapping_version TEXT NOT NULL, 
	loaded_at BIGINT NOT NULL, 
	undone_at BIGINT, 
	n_read BIGINT, 
	n_new BIGINT NOT NULL, 
	n_changed BIGINT NOT NULL, 
	n_unchanged BIGINT NOT NULL, 
	n_rejected BIGINT NOT NULL, 
	n_refused BIGINT NOT NULL, 
	n_unlocated BIGINT NOT NULL, 
	refused TEXT NOT NULL, 
	flagged TEXT NOT NULL, 
	categories TEXT NOT NULL, 
	period_from BIGINT, 
	period_to BIGINT, 
	revision BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (batch_id)
);
INSERT INTO "batches" VALUES(1,'b0001','incidents','loaded','polisen','','',1794805202000000,NULL,6,4,0,0,2,0,0,'{}','{}','{}',NULL,NULL,1);
INSERT INTO "batches" VALUES(2,'b0002','incidents','loaded','polisen','','',1794805203000000,NULL,NULL,0,2,0,0,0,0,'{}','{}','{}',NULL,NULL,2);
INSERT INTO "batches" VALUES(3,'b0003','incidents','undone','polisen','','',1794805204000000,1794805205000000,NULL,1,0,0,0,0,0,'{}','{}','{}',NULL,NULL,3);
CREATE TABLE events (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	kind TEXT, 
	name TEXT, 
	starts_on BIGINT, 
	ends_on BIGINT, 
	lessons TEXT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE facilities (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	kind TEXT, 
	name TEXT, 
	check_locked BOOLEAN, 
	opening TEXT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE faults (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	lamp_id TEXT, 
	pole_ref TEXT, 
	kind TEXT, 
	reported_at BIGINT, 
	closed_at BIGINT, 
	channel TEXT, 
	geometry BLOB, 
	e DOUBLE, 
	n DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE hotspots (
	row_seq INTEGER NOT NULL, 
	run_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	place_id TEXT, 
	name TEXT, 
	method TEXT, 
	claim TEXT, 
	rank BIGINT, 
	n DOUBLE, 
	expected DOUBLE, 
	score DOUBLE, 
	p DOUBLE, 
	q DOUBLE, 
	rate DOUBLE, 
	rate_low DOUBLE, 
	rate_high DOUBLE, 
	rank_low BIGINT, 
	rank_high BIGINT, 
	certainty TEXT, 
	class TEXT, 
	period_from BIGINT, 
	period_to BIGINT, 
	n_recent DOUBLE, 
	n_before DOUBLE, 
	peak_hours TEXT, 
	profile TEXT, 
	categories TEXT, 
	sources TEXT, 
	dark_share DOUBLE, 
	n_timed BIGINT, 
	area_m2 DOUBLE, 
	street_m DOUBLE, 
	caveats TEXT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	UNIQUE (run_id, id), 
	FOREIGN KEY(run_id) REFERENCES runs (run_id)
);
INSERT INTO "hotspots" VALUES(1,'r1','h1','p-h1',NULL,'gi_star','stands_out',1,12.0,3.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'likely',NULL,1763355600000000,1794805200000000,NULL,NULL,'[{"weekday":"fri","hours":[22,2],"n":7,"share":0.58}]',NULL,'{"vehicle_crime":9,"assault":3}',NULL,NULL,NULL,22500.0,310.0,'["small_number"]',X'010300000001000000050000000000000080841E4100000000006A584100000000D8861E4100000000006A584100000000D8861E4100000080256A58410000000080841E4100000080256A58410000000080841E4100000000006A5841',500000.0,6400000.0,500150.0,6400150.0);
CREATE TABLE incidents (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	category TEXT, 
	source_category TEXT, 
	mapping_version TEXT, 
	occurred_from BIGINT, 
	occurred_to BIGINT, 
	time_known BOOLEAN, 
	reported_at BIGINT, 
	setting TEXT, 
	accuracy_m DOUBLE, 
	source TEXT, 
	actor TEXT, 
	ref_hash TEXT, 
	found_by TEXT, 
	duplicate_group TEXT, 
	flags TEXT, 
	weight DOUBLE, 
	geometry BLOB, 
	e DOUBLE, 
	n DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
INSERT INTO "incidents" VALUES(1,'a',1,1,NULL,X'7A1F3595838DD425B19B4BDE0F0842E2','vehicle_crime','Skadegörelse på bil','m1',1794805200000000,NULL,1,NULL,'outdoor',30.0,'polisen',NULL,NULL,'report',NULL,'["stacked"]',1.0,X'01010000000000000080841E4100000000006A5841',500000.0,6400000.0);
INSERT INTO "incidents" VALUES(2,'b',1,1,2,X'1F7DF8C4ABCC7A6E23F51FBBFB7729A4','vehicle_crime','Skadegörelse på bil','m1',1794808800000000,NULL,1,NULL,'outdoor',30.0,'polisen',NULL,NULL,'report',NULL,'[]',1.0,NULL,NULL,NULL);
INSERT INTO "incidents" VALUES(3,'c',1,1,2,X'C842ACD5200E5D0223174D22E6C5C328','vehicle_crime','Skadegörelse på bil','m1',1794812400000000,NULL,1,NULL,'outdoor',30.0,'polisen',NULL,NULL,'report',NULL,'[]',1.0,X'010100000000000000A0871E4100000000326A5841',500200.0,6400200.0);
INSERT INTO "incidents" VALUES(4,'å',1,1,NULL,X'3BD70C79DEC60223704ACECC2FA304A4','vehicle_crime','Skadegörelse på bil','m1',1794816000000000,NULL,1,NULL,'outdoor',30.0,'polisen',NULL,NULL,'report',NULL,'["stacked"]',1.0,X'01010000000000000030891E41000000004B6A5841',500300.0,6400300.0);
INSERT INTO "incidents" VALUES(5,'b',2,2,NULL,X'E8AB06DD9C3BE1E33ADBA75995E87CBE','vehicle_crime','Skadegörelse på bil','m1',1794808800000000,NULL,1,NULL,'unknown',30.0,'polisen',NULL,NULL,'report',NULL,'[]',1.0,NULL,NULL,NULL);
INSERT INTO "incidents" VALUES(6,'c',2,2,NULL,X'F844DCFC12EDE79D91547EA43AB18293','vehicle_crime','Skadegörelse på bil','m1',1794812400000000,NULL,1,NULL,'unknown',30.0,'polisen',NULL,NULL,'report',NULL,'[]',1.0,X'010100000000000000A0871E4100000000326A5841',500200.0,6400200.0);
CREATE TABLE indicators (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	series TEXT, 
	period TEXT, 
	value DOUBLE, 
	n BIGINT, 
	low DOUBLE, 
	high DOUBLE, 
	direction TEXT, 
	source TEXT, 
	version TEXT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE lamps (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	light_source TEXT, 
	flux_lm DOUBLE, 
	flux_basis TEXT, 
	power_w DOUBLE, 
	height_m DOUBLE, 
	arm_m DOUBLE, 
	azimuth_deg DOUBLE, 
	optic TEXT, 
	cct_k DOUBLE, 
	state TEXT, 
	state_since BIGINT, 
	owner TEXT, 
	circuit TEXT, 
	schedule TEXT, 
	pole_ref TEXT, 
	installed BIGINT, 
	assumed TEXT, 
	geometry BLOB, 
	e DOUBLE, 
	n DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE measurements (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	kind TEXT, 
	value DOUBLE, 
	unit TEXT, 
	measured_at BIGINT, 
	device TEXT, 
	calibrated BOOLEAN, 
	geometry BLOB, 
	e DOUBLE, 
	n DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE measures (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	programme TEXT, 
	recommendation_id TEXT, 
	place_id TEXT, 
	problem TEXT, 
	cause TEXT, 
	judged_by TEXT, 
	title TEXT, 
	kind TEXT, 
	goal TEXT, 
	owner_unit TEXT, 
	state TEXT, 
	decided_at BIGINT, 
	starts_on BIGINT, 
	ends_on BIGINT, 
	follow_up_on BIGINT, 
	expected TEXT, 
	outcome TEXT, 
	cost DOUBLE, 
	revision BIGINT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE notices (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	published_at BIGINT, 
	occurred BIGINT, 
	type TEXT, 
	title TEXT, 
	area TEXT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE recommendations (
	row_seq INTEGER NOT NULL, 
	run_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	place_id TEXT, 
	kind TEXT, 
	priority BIGINT, 
	window TEXT, 
	rule TEXT, 
	reasons TEXT, 
	confidence TEXT, 
	caveat TEXT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	UNIQUE (run_id, id), 
	FOREIGN KEY(run_id) REFERENCES runs (run_id)
);
INSERT INTO "recommendations" VALUES(1,'r1','x',NULL,'patrol',1,NULL,'presence','[{"code":"peak","value":7,"n":12}]','likely',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE rejects (
	seq INTEGER NOT NULL, 
	batch INTEGER NOT NULL, 
	"row" BIGINT NOT NULL, 
	reasons TEXT NOT NULL, 
	columns TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(batch) REFERENCES batches (seq)
);
INSERT INTO "rejects" VALUES(1,1,7,'["bad_time","bad_place"]','["Östlig","Tid"]');
INSERT INTO "rejects" VALUES(2,1,3,'["bad_place"]','[]');
CREATE TABLE reports (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	received_at BIGINT, 
	felt TEXT, 
	unsafe_when TEXT, 
	reasons TEXT, 
	state TEXT, 
	merged_into TEXT, 
	public_text TEXT, 
	accuracy_m DOUBLE, 
	channel TEXT, 
	geometry BLOB, 
	e DOUBLE, 
	n DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE revisions (
	frame TEXT NOT NULL, 
	value BIGINT NOT NULL, 
	PRIMARY KEY (frame)
);
INSERT INTO "revisions" VALUES('incidents',4);
INSERT INTO "revisions" VALUES('hotspots',1);
INSERT INTO "revisions" VALUES('recommendations',1);
CREATE TABLE runs (
	seq INTEGER NOT NULL, 
	run_id TEXT NOT NULL, 
	week TEXT NOT NULL, 
	"order" TEXT NOT NULL, 
	revisions TEXT NOT NULL, 
	version TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	written_at BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (run_id)
);
INSERT INTO "runs" VALUES(1,'r1','2026-W47','{"week":"2026-W47","seed":1}','{"incidents":1}','0.1.0','{"n":3}',1794805206000000);
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	applied_at BIGINT NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1,1794805201000000);
CREATE TABLE settings (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "settings" VALUES('crs','EPSG:3006');
CREATE TABLE sightings (
	row_seq BIGINT NOT NULL, 
	batch INTEGER NOT NULL, 
	PRIMARY KEY (row_seq, batch), 
	FOREIGN KEY(batch) REFERENCES batches (seq)
)
 WITHOUT ROWID

;
CREATE TABLE streets (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	name TEXT, 
	kind TEXT, 
	length_m DOUBLE, 
	from_node TEXT, 
	to_node TEXT, 
	lit TEXT, 
	owner TEXT, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE TABLE visits (
	row_seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	row_version BIGINT NOT NULL, 
	row_batch INTEGER NOT NULL, 
	row_ended INTEGER, 
	row_hash BLOB NOT NULL, 
	shift_id TEXT, 
	place_id TEXT, 
	kind TEXT, 
	arrived BIGINT, 
	"left" BIGINT, 
	count BIGINT, 
	outcome_code TEXT, 
	planned BOOLEAN, 
	geometry BLOB, 
	e_min DOUBLE, 
	n_min DOUBLE, 
	e_max DOUBLE, 
	n_max DOUBLE, 
	PRIMARY KEY (row_seq), 
	FOREIGN KEY(row_batch) REFERENCES batches (seq), 
	FOREIGN KEY(row_ended) REFERENCES batches (seq)
);
CREATE INDEX ix_runs_week ON runs (week);
CREATE INDEX ix_rejects_batch ON rejects (batch);
CREATE INDEX incidents_by_end ON incidents (row_ended) WHERE row_ended IS NOT NULL;
CREATE UNIQUE INDEX incidents_one_holds ON incidents (id) WHERE row_ended IS NULL;
CREATE INDEX incidents_by_batch ON incidents (row_batch);
CREATE INDEX reports_by_batch ON reports (row_batch);
CREATE UNIQUE INDEX reports_one_holds ON reports (id) WHERE row_ended IS NULL;
CREATE INDEX reports_by_end ON reports (row_ended) WHERE row_ended IS NOT NULL;
CREATE UNIQUE INDEX notices_one_holds ON notices (id) WHERE row_ended IS NULL;
CREATE INDEX notices_by_end ON notices (row_ended) WHERE row_ended IS NOT NULL;
CREATE INDEX notices_by_batch ON notices (row_batch);
CREATE INDEX lamps_by_batch ON lamps (row_batch);
CREATE INDEX lamps_by_end ON lamps (row_ended) WHERE row_ended IS NOT NULL;
CREATE UNIQUE INDEX lamps_one_holds ON lamps (id) WHERE row_ended IS NULL;
CREATE INDEX faults_by_end ON faults (row_ended) WHERE row_ended IS NOT NULL;
CREATE INDEX faults_by_batch ON faults (row_batch);
CREATE UNIQUE INDEX faults_one_holds ON faults (id) WHERE row_ended IS NULL;
CREATE UNIQUE INDEX measurements_one_holds ON measurements (id) WHERE row_ended IS NULL;
CREATE INDEX measurements_by_end ON measurements (row_ended) WHERE row_ended IS NOT NULL;
CREATE INDEX measurements_by_batch ON measurements (row_batch);
CREATE INDEX streets_by_batch ON streets (row_batch);
CREATE INDEX streets_by_end ON streets (row_ended) WHERE row_ended IS NOT NULL;
CREATE UNIQUE INDEX streets_one_holds ON streets (id) WHERE row_ended IS NULL;
CREATE INDEX areas_by_end ON areas (row_ended) WHERE row_ended IS NOT NULL;
CREATE INDEX areas_by_batch ON areas (row_batch);
CREATE UNIQUE INDEX areas_one_holds ON areas (id) WHERE row_ended IS NULL;
CREATE UNIQUE INDEX facilities_one_holds ON facilities (id) WHERE row_ended IS NULL;
CREATE INDEX facilities_by_batch ON facilities (row_batch);
CREATE INDEX facilities_by_end ON facilities (row_ended) WHERE row_ended IS NOT NULL;
CREATE UNIQUE INDEX events_one_holds ON events (id) WHERE row_ended IS NULL;
CREATE INDEX events_by_batch ON events (row_batch);
CREATE INDEX events_by_end ON events (row_ended) WHERE row_ended IS NOT NULL;
CREATE UNIQUE INDEX assessments_one_holds ON assessments (id) WHERE row_ended IS NULL;
CREATE INDEX assessments_by_end ON assessments (row_ended) WHERE row_ended IS NOT NULL;
CREATE INDEX assessments_by_batch ON assessments (row_batch);
CREATE INDEX indicators_by_batch ON indicators (row_batch);
CREATE INDEX indicators_by_end ON indicators (row_ended) WHERE row_ended IS NOT NULL;
CREATE UNIQUE INDEX indicators_one_holds ON indicators (id) WHERE row_ended IS NULL;
CREATE UNIQUE INDEX measures_one_holds ON measures (id) WHERE row_ended IS NULL;
CREATE INDEX measures_by_end ON measures (row_ended) WHERE row_ended IS NOT NULL;
CREATE INDEX measures_by_batch ON measures (row_batch);
CREATE UNIQUE INDEX visits_one_holds ON visits (id) WHERE row_ended IS NULL;
CREATE INDEX visits_by_batch ON visits (row_batch);
CREATE INDEX visits_by_end ON visits (row_ended) WHERE row_ended IS NOT NULL;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
COMMIT;
