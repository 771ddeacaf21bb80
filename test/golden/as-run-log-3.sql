PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE line (
     n INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     receiver TEXT, area TEXT, occurrence TEXT, journal TEXT, seq INTEGER,
     body TEXT NOT NULL,
     hash TEXT NOT NULL
   ) STRICT;
INSERT INTO line VALUES(1,1795395600000,'announcement.approved',NULL,NULL,NULL,NULL,NULL,'{"at":1795395600000,"by":"Chị Hoa (mẫu)","detail":{"id":"mau-thi-truong","version":"v1"},"kind":"announcement.approved","n":1,"source":"server","writtenAt":1795395600000}','f4bd69c0f9344484326eeabccb04e5eaa68a0beeb9d3b2fb00760ff16f2d56de');
INSERT INTO line VALUES(2,1795395600000,'order.issued',NULL,NULL,NULL,NULL,NULL,'{"at":1795395600000,"by":"Anh Ba (mẫu)","detail":{"class":"ordinary","id":"abc"},"kind":"order.issued","n":2,"source":"server","why":"tap","writtenAt":1795395600000}','01926c619383568c1aad4bbc154fe6f31265d745463b7cd60282df9fc5376849');
INSERT INTO line VALUES(3,1795482000000,'started','loa-mau-1','phuong-mau','sang@20261124t010000z','j-01',1,'{"announcements":["mau-thi-truong"],"area":"phuong-mau","at":1795482000000,"class":"ordinary","cue":"sang@20261124t010000z","detail":{"atUs":1795482000000000},"journal":"j-01","kind":"started","n":3,"occurrence":"sang@20261124t010000z","receiver":"loa-mau-1","seq":1,"source":"receiver","writtenAt":1795482000000}','387f89ced1a7aa28c29d965b2bbc2860100a81d668dc9d01e6032f42ea6434ca');
INSERT INTO line VALUES(4,1795482009000,'cut','loa-mau-1','phuong-mau','sang@20261124t010000z','j-01',2,'{"announcements":["mau-thi-truong"],"area":"phuong-mau","at":1795482009000,"by":"Anh Ba (mẫu)","class":"ordinary","cue":"sang@20261124t010000z","detail":{"atUs":1795482009000000},"heardMs":9000,"journal":"j-01","kind":"cut","n":4,"occurrence":"sang@20261124t010000z","receiver":"loa-mau-1","seq":2,"source":"receiver","why":"stopped","writtenAt":1795482000000}','19bbdb72a03e95592f8baaefe6a6070596552cef328e936d9463c30322166eef');
INSERT INTO line VALUES(5,1795482001000,'result',NULL,'phuong-mau','sang@20261124t010000z',NULL,NULL,'{"area":"phuong-mau","at":1795482001000,"detail":{"receivers":["loa-mau-2"],"state":"missed"},"kind":"result","n":5,"occurrence":"sang@20261124t010000z","source":"server","why":"no-word","writtenAt":1795482001000}','a92ae55533c1498ad7ff97e16a107d470d4bd55d3daad6ed4a704c9b239baa87');
INSERT INTO line VALUES(6,1795482001000,'complaint.recorded',NULL,NULL,NULL,NULL,NULL,'{"at":1795482001000,"by":"Chị Hoa (mẫu)","detail":{"number":1},"kind":"complaint.recorded","n":6,"source":"server","writtenAt":1795482001000}','d74c33b31b0ed959dabc2866bb9c1e375504740dcbbfdc70f3cd8627fae6f811');
CREATE TABLE line_announcement (announcement TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (announcement, n))
     STRICT, WITHOUT ROWID;
INSERT INTO line_announcement VALUES('mau-thi-truong',3);
INSERT INTO line_announcement VALUES('mau-thi-truong',4);
CREATE TABLE journal (receiver TEXT NOT NULL, journal TEXT NOT NULL, up_to INTEGER NOT NULL,
     PRIMARY KEY (receiver, journal)) STRICT, WITHOUT ROWID;
INSERT INTO journal VALUES('loa-mau-1','j-01',2);
CREATE TABLE result (occurrence TEXT NOT NULL, receiver TEXT NOT NULL, n INTEGER NOT NULL, state TEXT NOT NULL,
    said INTEGER NOT NULL, PRIMARY KEY (occurrence, receiver)) STRICT, WITHOUT ROWID;
INSERT INTO result VALUES('sang@20261124t010000z','loa-mau-1',4,'cut',1);
INSERT INTO result VALUES('sang@20261124t010000z','loa-mau-2',5,'missed',0);
CREATE TABLE once (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE last_sound (receiver TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO last_sound VALUES('loa-mau-1',1795482000000);
CREATE TABLE about (announcement TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (announcement, n))
    STRICT, WITHOUT ROWID;
INSERT INTO about VALUES('mau-thi-truong',1);
CREATE TABLE heard (announcement TEXT NOT NULL, receiver TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    times INTEGER NOT NULL, PRIMARY KEY (announcement, receiver)) STRICT, WITHOUT ROWID;
INSERT INTO heard VALUES('mau-thi-truong','loa-mau-1',1795482000000,1795482000000,1);
CREATE TABLE last_heard (announcement TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO last_heard VALUES('mau-thi-truong',1795482000000);
CREATE UNIQUE INDEX line_journal ON line (receiver, journal, seq) WHERE journal IS NOT NULL;
CREATE INDEX line_receiver ON line (receiver) WHERE receiver IS NOT NULL;
CREATE INDEX line_occurrence ON line (occurrence) WHERE occurrence IS NOT NULL;
CREATE TRIGGER line_stays BEFORE UPDATE ON line BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER line_remains BEFORE DELETE ON line BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX result_receiver ON result (receiver, n);
CREATE INDEX result_line ON result (n);
PRAGMA user_version=3;
COMMIT;
