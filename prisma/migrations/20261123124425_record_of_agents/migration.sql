CREATE INDEX "proposal_agent_actionClass_createdAt_idx" ON "proposal"("agent", "actionClass", "createdAt");
