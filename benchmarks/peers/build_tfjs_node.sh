#!/bin/sh
# Build the native part of tfjs-node against an installed TensorFlow wheel, where the library that
# its installer downloads cannot be had. Needs g++ and the headers of Node.
#   sh build_tfjs_node.sh PYTHON_WITH_TENSORFLOW [NODE_HEADERS]
set -eu
python=$1
headers=${2:-/usr/include/node}
cd "$(dirname "$0")/node_modules/@tensorflow/tfjs-node"
tensorflow=$("$python" -c 'import importlib.util as u; print(u.find_spec("tensorflow").submodule_search_locations[0])')
mkdir -p lib/napi-v8
g++ -std=c++17 -O2 -fPIC -shared -DNAPI_VERSION=8 -DNODE_GYP_MODULE_NAME=tfjs_binding \
    -DBUILDING_NODE_EXTENSION -I"$headers" -I"$tensorflow/include" -I. \
    binding/tfjs_backend.cc binding/tfjs_binding.cc -o lib/napi-v8/tfjs_binding.node \
    -L"$tensorflow" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 \
    -Wl,-rpath,"$tensorflow"
