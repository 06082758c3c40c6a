import { ActionProblem } from "@/components/ui/action-problem";
import type { FieldProblem } from "@/lib/errors";
import { DEAL_SENTENCES } from "./deal-words";

/** Refusals whose sentence goes on with what is named. */
const NAMING = ["FIELDS_MISSING", "EXCLUSIVE_ELSEWHERE", "TERMS_CONTRADICT", "CLOSING_OPEN"];
const names = (code: string): boolean => NAMING.includes(code);

/** Why the last change of a deal was not done, with each field by name. */
export function DealProblem({ code, problems }: { code: string | null; problems?: readonly FieldProblem[] }) {
  return <ActionProblem code={code} problems={problems} sentences={DEAL_SENTENCES} names={names} />;
}
