import { PageForbidden } from "@/components/shell/page-forbidden";

export default function DeskForbidden() {
  return <PageForbidden />;
}
