import { DOCUMENT_FORMATS } from "@/lib/reports/schema";
import { FileLinks } from "./file-links";

/** One stored version as a file, in each of its formats. */
export const DownloadLinks = ({ artefactId, of }: { artefactId: string; of: string }) => (
  <FileLinks path={`/api/artefacts/${artefactId}`} formats={DOCUMENT_FORMATS} of={of} />
);
