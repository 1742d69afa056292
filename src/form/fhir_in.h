/* fhir_in — inside the form room: the names both directions of fhirmap share. */
#ifndef TSU_FORM_FHIR_IN_H
#define TSU_FORM_FHIR_IN_H

#define FHIR_ABSENT "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
#define FHIR_PARTIAL "urn:tsunagi:fhir:partial-date"
#define FHIR_FORM "urn:tsunagi:form:"

#endif
