"""A recognition server with a real model, as a process of its own: `python whisper_server.py MODEL_FOLDER times|text`.

Writes its address, then answers `POST /v1/audio/transcriptions` as OpenAI's protocol has it. `times` gives segments and
words, `text` refuses to, as vLLM does for models without timestamps.
"""

from __future__ import annotations

import io
import json
import sys
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from faster_whisper import WhisperModel


def transcribed(model: WhisperModel, file: bytes, fields: dict[str, str]) -> dict[str, Any]:
    timed = fields["response_format"] == "verbose_json"
    segments, info = model.transcribe(
        io.BytesIO(file),
        language=fields.get("language"),
        initial_prompt=fields.get("prompt"),
        temperature=float(fields.get("temperature", "0")),
        condition_on_previous_text=False,
        word_timestamps=timed,
    )
    found = list(segments)
    text = "".join(one.text for one in found)
    if not timed:
        return {"text": text, "usage": {"type": "duration", "seconds": round(info.duration + 0.5)}}
    return {
        "task": "transcribe",
        "language": info.language,
        "duration": info.duration,
        "text": text,
        "segments": [
            {"id": one.id, "start": one.start, "end": one.end, "text": one.text, "avg_logprob": one.avg_logprob}
            for one in found
        ],
        "words": [
            {"word": word.word, "start": float(word.start), "end": float(word.end)}
            for one in found
            for word in one.words or ()
        ],
    }


def main(folder: str, gives: str) -> None:
    model, one_at_a_time = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1), Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            form = message_from_bytes(f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + body)
            parts = {part.get_param("name", header="content-disposition"): part for part in form.get_payload()}
            fields = {name: part.get_payload(decode=True).decode() for name, part in parts.items() if name != "file"}
            if gives == "text" and fields["response_format"] == "verbose_json":
                self._send(400, {"error": {"message": "Currently do not support verbose_json"}})
                return
            with one_at_a_time:
                self._send(200, transcribed(model, parts["file"].get_payload(decode=True), fields))

        def _send(self, status: int, document: dict[str, Any]) -> None:
            answer = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}/v1", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
