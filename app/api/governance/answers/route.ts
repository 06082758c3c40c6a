import { answerGovernance } from "@/lib/integrations/governance-door";

/** A signature instead of a session: the governance system has no account here. */
export const POST = answerGovernance;
