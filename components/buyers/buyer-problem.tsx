import { Notice } from "@/components/ui/notice";
import { buyerSentence } from "./buyer-words";

/** Why the last change of a buyer was not done, said at once to screen readers. */
export function BuyerProblem({ code }: { code: string | null }) {
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word="not done">
          {buyerSentence(code)}
        </Notice>
      ) : null}
    </div>
  );
}
