/** What hears: it hands over a piece of sound now and then until it is stopped or lost, and then ends. */
export interface Microphone {
  type: string;
  start: (heard: (piece: Blob) => void, ended: () => void) => void;
  pause: () => void;
  resume: () => void;
  stop: () => void;
  /** How loud it is now, 0..1. */
  level: () => number;
}

/** Why there is no recording. */
export type Trouble = "refused" | "missing" | "busy" | "insecure" | "unsupported";

/** The microphone cannot be opened. */
export class MicrophoneError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
    this.name = "MicrophoneError";
  }
}

const PIECE_MS = 1500;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const TROUBLES: Record<string, Trouble> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Asks for the microphone. Throws MicrophoneError. */
export async function openMicrophone(): Promise<Microphone> {
  if (!window.isSecureContext) throw new MicrophoneError("insecure");
  const type = typeof MediaRecorder === "undefined" ? undefined : TYPES.find(MediaRecorder.isTypeSupported);
  if (type === undefined || navigator.mediaDevices === undefined) throw new MicrophoneError("unsupported");
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((error: unknown) => {
    throw new MicrophoneError((error instanceof DOMException && TROUBLES[error.name]) || "unsupported");
  });
  const recorder = new MediaRecorder(sound, { mimeType: type });
  const meter = new Meter(sound);
  return {
    type,
    start: (heard, ended) => {
      recorder.ondataavailable = ({ data }) => data.size > 0 && heard(data);
      recorder.onstop = () => {
        for (const track of sound.getTracks()) track.stop();
        meter.close();
        ended();
      };
      recorder.start(PIECE_MS);
    },
    pause: () => recorder.pause(),
    resume: () => recorder.resume(),
    stop: () => recorder.stop(),
    level: () => meter.level(),
  };
}

/** Measures how loud a sound is. */
class Meter {
  private readonly context = new AudioContext();
  private readonly analyser = this.context.createAnalyser();
  private readonly samples = new Uint8Array(this.analyser.fftSize);

  constructor(sound: MediaStream) {
    this.context.createMediaStreamSource(sound).connect(this.analyser);
  }

  level(): number {
    this.analyser.getByteTimeDomainData(this.samples);
    const power = this.samples.reduce((sum, sample) => sum + ((sample - 128) / 128) ** 2, 0) / this.samples.length;
    // speech is quiet beside full scale: the root spreads it over the meter
    return Math.min(1, Math.sqrt(power) ** 0.5);
  }

  close(): void {
    void this.context.close();
  }
}
