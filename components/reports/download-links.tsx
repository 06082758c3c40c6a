import { TextLink } from "@/components/ui/link";
import { DOCUMENT_FORMATS } from "@/lib/reports/schema";
import { FileLinks } from "./file-links";

type DownloadLinksProps = {
  artefactId: string;
  of: string;
  /** It contradicts another report: there is no file of it. */
  held?: boolean;
  /** Where the reason is read, in a list. */
  why?: string;
};

/** One stored version as a file, in each of its formats. */
export function DownloadLinks({ artefactId, of, held = false, why }: DownloadLinksProps) {
  if (!held) return <FileLinks path={`/api/artefacts/${artefactId}`} formats={DOCUMENT_FORMATS} of={of} />;
  return (
    <span className="text-sm text-critical-text">
      {why ? <TextLink href={why}>Not released</TextLink> : "Not released"}
    </span>
  );
}
