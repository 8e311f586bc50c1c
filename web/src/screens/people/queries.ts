import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";

export type Person = Schemas["PersonDocument"];
export type Voiceprint = Schemas["VoiceprintDocument"];
export type Side = Schemas["Side"];

/** Everybody and their sides are asked for anew when something of them has changed. */
export const PEOPLE = ["people"];

/** The people who were named in a project, with the voice samples that they are known by. */
export const peopleQuery = (project: string) =>
  queryOptions({
    queryKey: [...PEOPLE, project],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/people", { params: { query: { project } }, signal })),
  });

/** Everybody who speaks in a project's meetings, and on which side they are. */
export const sidesQuery = (project: string) =>
  queryOptions({
    queryKey: [...PEOPLE, project, "sides"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/speaker-sides", { params: { query: { project } }, signal })),
  });

/** The lines that a voice sample was made of. */
export const voiceLinesQuery = (voiceprint: string) =>
  queryOptions({
    queryKey: ["voiceprints", voiceprint, "lines"],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/voiceprints/{voiceprint_id}/lines", {
          params: { path: { voiceprint_id: voiceprint } },
          signal,
        }),
      ),
  });

/** Say on which side somebody is; null takes it back. */
export const putSide = (body: Schemas["SideChange"]) => unwrap(client.PUT("/api/v1/speaker-sides", { body }));

/** Call somebody otherwise in all meetings of the project, whatever the name came from. */
export const renameSpeaker = (body: Schemas["SpeakerChange"]) => unwrap(client.PUT("/api/v1/speaker-names", { body }));

/** Delete a person with all voice samples. */
export const forgetPerson = (person: string) =>
  unwrap(client.DELETE("/api/v1/people/{person_id}", { params: { path: { person_id: person } } }));

/** Take one voice sample out of what a person is known by. */
export const dropVoiceprint = (voiceprint: string) =>
  unwrap(client.DELETE("/api/v1/voiceprints/{voiceprint_id}", { params: { path: { voiceprint_id: voiceprint } } }));
