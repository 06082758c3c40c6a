import { errorSentence } from "@/components/ui/error-sentence";
import { Notice } from "@/components/ui/notice";
import { BUYER_SENTENCES } from "./buyer-words";

/** Why the last change of a buyer was not done, said at once to screen readers. */
export function BuyerProblem({ code }: { code: string | null }) {
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word="not done">
          {errorSentence(code, BUYER_SENTENCES)}
        </Notice>
      ) : null}
    </div>
  );
}
