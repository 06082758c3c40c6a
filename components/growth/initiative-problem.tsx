import { ActionProblem } from "@/components/ui/action-problem";
import { INITIATIVE_SENTENCES } from "./initiative-words";

/** Why the last change of an initiative was not done. */
export const InitiativeProblem = ({ code }: { code: string | null }) => (
  <ActionProblem code={code} sentences={INITIATIVE_SENTENCES} />
);
