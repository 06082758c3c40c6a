CREATE INDEX "verdict_decidedAt_id_idx" ON "verdict"("decidedAt", "id");
