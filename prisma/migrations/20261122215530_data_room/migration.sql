-- CreateEnum
CREATE TYPE "RoomStatus" AS ENUM ('open', 'frozen');

-- CreateEnum
CREATE TYPE "RoomTextState" AS ENUM ('pending', 'done', 'none', 'failed');

-- CreateTable
CREATE TABLE "room_nda" (
    "roomId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "writtenBy" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "room_nda_pkey" PRIMARY KEY ("roomId","version")
);

-- CreateTable
CREATE TABLE "room_group" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "terms" JSONB,
    "proposed" JSONB,
    "memoId" UUID,
    "approvedMemoId" UUID,
    "approvedAt" TIMESTAMPTZ(3),
    "linkHash" CHAR(64),
    "linkMadeAt" TIMESTAMPTZ(3),
    "questionsPerWeek" INTEGER NOT NULL DEFAULT 20,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedReason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "room_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_guest" (
    "id" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "ndaName" TEXT,
    "ndaVersion" INTEGER,
    "ndaAt" TIMESTAMPTZ(3),

    CONSTRAINT "room_guest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_code" (
    "id" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "codeHash" CHAR(64) NOT NULL,
    "sealed" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "room_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_session" (
    "id" UUID NOT NULL,
    "guestId" UUID NOT NULL,
    "tokenHash" CHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,

    CONSTRAINT "room_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_question" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "guestId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "section" INTEGER,
    "documentId" UUID,
    "text" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "routedTo" UUID,
    "status" TEXT NOT NULL DEFAULT 'asked',
    "answer" TEXT,
    "draftedBy" TEXT,
    "approvedBy" TEXT,
    "publishedAt" TIMESTAMPTZ(3),
    "audience" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "room_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_activity" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "groupId" UUID,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "documentId" UUID,
    "versionId" UUID,
    "page" INTEGER,
    "seconds" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "room_activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_room" (
    "id" UUID NOT NULL,
    "ventureId" UUID NOT NULL,
    "dealType" TEXT NOT NULL,
    "status" "RoomStatus" NOT NULL DEFAULT 'open',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_section" (
    "roomId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "ownerId" UUID,

    CONSTRAINT "room_section_pkey" PRIMARY KEY ("roomId","number")
);

-- CreateTable
CREATE TABLE "room_item" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "section" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "required" BOOLEAN NOT NULL,
    "absentBecause" TEXT,
    "absentBy" TEXT,
    "absentAt" TIMESTAMPTZ(3),

    CONSTRAINT "room_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_document" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "itemId" UUID,
    "ordinal" INTEGER,
    "title" TEXT NOT NULL,
    "cameFrom" TEXT NOT NULL DEFAULT '',
    "expiresOn" DATE,
    "removedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "room_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_document_version" (
    "id" UUID NOT NULL,
    "documentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "fileName" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "flags" TEXT[],
    "uploadedBy" TEXT NOT NULL,
    "uploadedAt" TIMESTAMPTZ(3) NOT NULL,
    "textState" "RoomTextState" NOT NULL DEFAULT 'pending',
    "textReason" TEXT,
    "pages" INTEGER,

    CONSTRAINT "room_document_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_text" (
    "versionId" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "room_text_pkey" PRIMARY KEY ("versionId")
);

-- CreateTable
CREATE TABLE "room_request" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "itemId" UUID,
    "text" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "dueOn" DATE,
    "status" TEXT NOT NULL DEFAULT 'open',
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "room_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_request_document" (
    "requestId" UUID NOT NULL,
    "documentId" UUID NOT NULL,

    CONSTRAINT "room_request_document_pkey" PRIMARY KEY ("requestId","documentId")
);

-- CreateTable
CREATE TABLE "room_finding" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "section" INTEGER NOT NULL,
    "documentId" UUID,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "priceEffectMinor" BIGINT,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "resolution" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "foundBy" TEXT NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "room_finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_archive" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "manifestHash" CHAR(64) NOT NULL,
    "archiveHash" CHAR(64) NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "manifest" JSONB NOT NULL,
    "documents" INTEGER NOT NULL,
    "roomVersion" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "frozenBy" TEXT NOT NULL,
    "frozenAt" TIMESTAMPTZ(3) NOT NULL,
    "reopenedBy" TEXT,
    "reopenedAt" TIMESTAMPTZ(3),
    "reopenReason" TEXT,

    CONSTRAINT "room_archive_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "room_group_linkHash_key" ON "room_group"("linkHash");

-- CreateIndex
CREATE UNIQUE INDEX "room_group_roomId_name_key" ON "room_group"("roomId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "room_guest_groupId_email_key" ON "room_guest"("groupId", "email");

-- CreateIndex
CREATE INDEX "room_code_groupId_email_idx" ON "room_code"("groupId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "room_session_tokenHash_key" ON "room_session"("tokenHash");

-- CreateIndex
CREATE INDEX "room_question_groupId_idx" ON "room_question"("groupId");

-- CreateIndex
CREATE UNIQUE INDEX "room_question_roomId_number_key" ON "room_question"("roomId", "number");

-- CreateIndex
CREATE INDEX "room_activity_roomId_at_idx" ON "room_activity"("roomId", "at");

-- CreateIndex
CREATE INDEX "room_activity_groupId_at_idx" ON "room_activity"("groupId", "at");

-- CreateIndex
CREATE INDEX "room_activity_documentId_idx" ON "room_activity"("documentId");

-- CreateIndex
CREATE UNIQUE INDEX "data_room_ventureId_dealType_key" ON "data_room"("ventureId", "dealType");

-- CreateIndex
CREATE UNIQUE INDEX "room_item_roomId_section_number_key" ON "room_item"("roomId", "section", "number");

-- CreateIndex
CREATE INDEX "room_document_roomId_itemId_idx" ON "room_document"("roomId", "itemId");

-- CreateIndex
CREATE UNIQUE INDEX "room_document_itemId_ordinal_key" ON "room_document"("itemId", "ordinal");

-- CreateIndex
CREATE INDEX "room_document_version_hash_idx" ON "room_document_version"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "room_document_version_documentId_number_key" ON "room_document_version"("documentId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "room_request_roomId_number_key" ON "room_request"("roomId", "number");

-- CreateIndex
CREATE INDEX "room_finding_roomId_status_idx" ON "room_finding"("roomId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "room_archive_roomId_number_key" ON "room_archive"("roomId", "number");

-- AddForeignKey
ALTER TABLE "room_nda" ADD CONSTRAINT "room_nda_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_group" ADD CONSTRAINT "room_group_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_guest" ADD CONSTRAINT "room_guest_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "room_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_code" ADD CONSTRAINT "room_code_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "room_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_session" ADD CONSTRAINT "room_session_guestId_fkey" FOREIGN KEY ("guestId") REFERENCES "room_guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_question" ADD CONSTRAINT "room_question_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_question" ADD CONSTRAINT "room_question_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "room_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_question" ADD CONSTRAINT "room_question_guestId_fkey" FOREIGN KEY ("guestId") REFERENCES "room_guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_question" ADD CONSTRAINT "room_question_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "room_document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_activity" ADD CONSTRAINT "room_activity_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_activity" ADD CONSTRAINT "room_activity_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "room_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_section" ADD CONSTRAINT "room_section_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_item" ADD CONSTRAINT "room_item_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_document" ADD CONSTRAINT "room_document_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_document" ADD CONSTRAINT "room_document_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "room_item"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_document_version" ADD CONSTRAINT "room_document_version_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "room_document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_text" ADD CONSTRAINT "room_text_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "room_document_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_request" ADD CONSTRAINT "room_request_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_request" ADD CONSTRAINT "room_request_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "room_item"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_request_document" ADD CONSTRAINT "room_request_document_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "room_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_request_document" ADD CONSTRAINT "room_request_document_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "room_document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_finding" ADD CONSTRAINT "room_finding_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_finding" ADD CONSTRAINT "room_finding_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "room_document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_archive" ADD CONSTRAINT "room_archive_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "data_room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Search: the text by its words, as PostgreSQL reads English.
CREATE INDEX "room_text_words" ON "room_text" USING gin (to_tsvector('english', "text"));
