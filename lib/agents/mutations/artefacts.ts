export { type ArtefactContent, type NewArtefact, storeArtefact } from "@/lib/reports/mutations/artefacts";
