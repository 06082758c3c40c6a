import { errorSentence } from "@/components/ui/error-sentence";
import { Notice } from "@/components/ui/notice";
import { VENTURE_REFUSALS } from "./refusals";

/** Said at once to screen readers, because it answers what the person just did. */
export function RefusalNotice({ refusal, word = "not saved" }: { refusal: string | null; word?: string }) {
  return (
    <div role="alert" className="empty:hidden">
      {refusal ? (
        <Notice level="critical" word={word}>
          {errorSentence(refusal, VENTURE_REFUSALS)}
        </Notice>
      ) : null}
    </div>
  );
}
