import "server-only";
import { extractText } from "@/lib/data-room/mutations/texts";
import { defineWorkflow, runStep } from "./engine";

/** Reads the words of one version of a document, behind the upload. */
async function roomText(versionId: string): Promise<string> {
  return runStep("read", () => extractText(versionId));
}

defineWorkflow("room-text", roomText);
