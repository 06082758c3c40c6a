// A process that takes one step of a payment, to be killed in the middle of it: `step.ts <export|send|import> <id> [xml]`.
import { exportBatch, markSent } from "../mutations/files";
import { importStatement } from "../mutations/statements";
import { analyst, grace, NOW } from "./sale";

const [step, id = "", xml = ""] = process.argv.slice(2);
process.stdout.write("begun\n");
if (step === "export") await exportBatch(grace, { batchId: id }, NOW);
if (step === "send") await markSent(grace, id, NOW);
if (step === "import") await importStatement(analyst, { bankAccountId: id, fileName: "s.xml", xml }, NOW);
process.exit(0);
