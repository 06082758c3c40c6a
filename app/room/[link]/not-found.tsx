import { DocumentMissing } from "@/components/data-room/guest/document-missing";

export default function RoomNotFound() {
  return <DocumentMissing />;
}
