import { handleTrigger } from "@/lib/integrations/stage-trigger";

export { handleTrigger as POST };
