package io.github.prefectgcm.benchmark;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.protobuf.Message;
import io.github.prefectgcm.embedded.prefect.ReceivedRequest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of one execution, in order.
 *
 * @param requests to Prefect
 * @param calls to Cloud Monitoring: ListTimeSeriesRequest and CreateTimeSeriesRequest
 */
record Recording(List<Exchange> requests, List<Message> calls) {

  /**
   * A request to Prefect.
   *
   * @param body empty in a GET
   */
  record Exchange(String method, String path, String body) {
    static Exchange of(ReceivedRequest request) {
      return new Exchange(request.method(), request.path(), request.body());
    }
  }

  void save(Path file) throws IOException {
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(requests.size());
      for (Exchange request : requests) {
        out.writeUTF(request.method());
        out.writeUTF(request.path());
        out.writeUTF(request.body());
      }
      out.writeInt(calls.size());
      for (Message call : calls) {
        byte[] bytes = call.toByteArray();
        out.writeBoolean(call instanceof CreateTimeSeriesRequest);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  static Recording load(Path file) throws IOException {
    try (var in = new DataInputStream(Files.newInputStream(file))) {
      var requests = new ArrayList<Exchange>();
      for (int left = in.readInt(); left > 0; left--) {
        requests.add(new Exchange(in.readUTF(), in.readUTF(), in.readUTF()));
      }
      var calls = new ArrayList<Message>();
      for (int left = in.readInt(); left > 0; left--) {
        boolean write = in.readBoolean();
        byte[] bytes = in.readNBytes(in.readInt());
        calls.add(
            write
                ? CreateTimeSeriesRequest.parseFrom(bytes)
                : ListTimeSeriesRequest.parseFrom(bytes));
      }
      return new Recording(requests, calls);
    }
  }
}
