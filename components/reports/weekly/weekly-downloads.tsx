import { WEEKLY_FORMATS } from "@/lib/reports/schema/weekly";
import { FileLinks } from "../file-links";

/** One revision of a week as a file, in each of its formats. */
export const WeeklyDownloads = ({ revisionId, of }: { revisionId: string; of: string }) => (
  <FileLinks path={`/api/weekly/${revisionId}`} formats={WEEKLY_FORMATS} of={of} />
);
