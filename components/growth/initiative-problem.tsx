import { errorSentence } from "@/components/ui/error-sentence";
import { Notice } from "@/components/ui/notice";
import { INITIATIVE_SENTENCES } from "./initiative-words";

/** Why the last change of an initiative was not done, said at once to screen readers. */
export function InitiativeProblem({ code }: { code: string | null }) {
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word="not done">
          {errorSentence(code, INITIATIVE_SENTENCES)}
        </Notice>
      ) : null}
    </div>
  );
}
