import { ActionProblem } from "@/components/ui/action-problem";
import type { FieldProblem } from "@/lib/errors";
import { namesProblems, PAYMENT_SENTENCES } from "./words";

export function PaymentProblem({ code, problems }: { code: string | null; problems?: readonly FieldProblem[] }) {
  return <ActionProblem code={code} problems={problems} sentences={PAYMENT_SENTENCES} names={namesProblems} />;
}
