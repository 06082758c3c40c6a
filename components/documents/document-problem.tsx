import { ActionProblem } from "@/components/ui/action-problem";
import type { FieldProblem } from "@/lib/errors";
import { DOCUMENT_SENTENCES, NAMING } from "./words";

const names = (code: string): boolean => NAMING.includes(code);

/** Why the last change of a paper was not done, with what is named. */
export function DocumentProblem({ code, problems }: { code: string | null; problems?: readonly FieldProblem[] }) {
  return <ActionProblem code={code} problems={problems} sentences={DOCUMENT_SENTENCES} names={names} />;
}
