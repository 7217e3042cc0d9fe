//! The public API, as a list that a reviewer sees change.

use std::{fs, path::Path};

use syn::{ImplItem, Item, Visibility};
use whatsapp_multi_partner_solutions as api;

/// Leaves what a user of the crate can name: no private items, no documentation and no bodies.
fn public(items: Vec<Item>) -> Vec<Item> {
    let is_public = |vis: &Visibility| matches!(vis, Visibility::Public(_));
    let mut kept = Vec::new();
    for mut item in items {
        match &mut item {
            Item::Struct(it) if is_public(&it.vis) => {
                it.attrs.retain(|attr| !attr.path().is_ident("doc"));
                if let syn::Fields::Named(named) = &mut it.fields {
                    let fields = std::mem::take(&mut named.named).into_iter();
                    named.named = fields.filter(|field| is_public(&field.vis)).collect();
                }
                it.fields.iter_mut().for_each(|field| field.attrs.clear());
            }
            Item::Enum(it) if is_public(&it.vis) => {
                it.attrs.retain(|attr| !attr.path().is_ident("doc"));
                it.variants.iter_mut().for_each(|it| it.attrs.clear());
            }
            Item::Fn(it) if is_public(&it.vis) => {
                it.attrs.clear();
                it.block.stmts.clear();
            }
            Item::Const(it) if is_public(&it.vis) => it.attrs.clear(),
            Item::Use(it) if is_public(&it.vis) => it.attrs.clear(),
            Item::Impl(it) if it.trait_.is_some() => {
                it.attrs.clear();
                it.items.clear();
            }
            Item::Impl(it) => {
                it.items.retain_mut(|item| match item {
                    ImplItem::Fn(it) if is_public(&it.vis) => {
                        it.attrs.clear();
                        it.block.stmts.clear();
                        true
                    }
                    _ => false,
                });
                if it.items.is_empty() {
                    continue;
                }
            }
            _ => continue,
        }
        kept.push(item);
    }
    kept
}

fn list(folder: &Path, listing: &mut String) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        // The binary, the build script and the comparison of pages are no API that others build on; one file is text.
        if ["bin", "build", "docs_diff", "faults.txt"]
            .iter()
            .any(|name| path.ends_with(name))
        {
            continue;
        }
        if path.is_dir() {
            list(&path, listing);
            continue;
        }
        let mut file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        file.attrs.clear();
        file.items = public(file.items);
        if !file.items.is_empty() {
            *listing += &format!("// {}\n{}\n", path.display(), prettyplease::unparse(&file));
        }
    }
}

#[test]
fn snapshot_of_the_public_api() {
    let mut listing = String::new();
    list(Path::new("src"), &mut listing);
    expectorate::assert_contents("tests/snapshots/api.rs.snap", &listing);
}

#[test]
fn values_can_be_shared_between_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<api::Client>();
    check::<api::ClientBuilder>();
    check::<api::Error>();
    check::<api::Reply<api::CreateResponse>>();
    check::<api::Response>();
    check::<api::EnsuredAcceptance>();
}
