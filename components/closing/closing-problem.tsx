import { ActionProblem } from "@/components/ui/action-problem";
import type { FieldProblem } from "@/lib/errors";
import { CLOSING_SENTENCES, namesProblems } from "./closing-words";

export function ClosingProblem({ code, problems }: { code: string | null; problems?: readonly FieldProblem[] }) {
  return <ActionProblem code={code} problems={problems} sentences={CLOSING_SENTENCES} names={namesProblems} />;
}
